package org.rapport.server.database;

/**
 * Where the database is and who signs in to it.
 *
 * @param url JDBC URL
 * @param user role
 * @param password the role's password
 */
record DatabaseAddress(String url, String user, String password) {

    @Override
    public String toString() {
        return "DatabaseAddress[url=" + url + ", user=" + user + "]";
    }
}
