package org.rapport.session;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Knows where an application may have a browser sent after signing its owner out: to what it registered, letter by letter. */
public final class PostLogoutRedirects {

    private final JdbcClient database;

    public PostLogoutRedirects(JdbcClient database) {
        this.database = database;
    }

    /** Whether the application has registered exactly this address. */
    public boolean allows(String clientId, String address) {
        return database.sql("""
                        SELECT EXISTS (SELECT FROM smart_client
                                       WHERE client_id = ? AND ? = ANY (post_logout_redirect_uris))""").params(clientId, address).query(Boolean.class).single();
    }
}
