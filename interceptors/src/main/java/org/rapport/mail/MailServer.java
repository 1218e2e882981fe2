package org.rapport.mail;

import java.util.Optional;

/**
 * A mail server to hand messages to.
 *
 * @param host name or address
 * @param port TCP port
 * @param login empty for a server that asks for none
 * @param startTls whether the connection must be encrypted
 */
public record MailServer(String host, int port, Optional<Login> login, boolean startTls) {

    /**
     * Who logs in.
     *
     * @param username user name
     * @param password secret
     */
    public record Login(String username, String password) {

        @Override
        public String toString() {
            return "Login[" + username + "]";
        }
    }
}
