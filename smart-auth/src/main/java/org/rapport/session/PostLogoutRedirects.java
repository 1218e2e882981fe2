package org.rapport.session;

import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Knows where an application may have a browser sent after signing its owner out. */
public final class PostLogoutRedirects {

    private final JdbcClient database;

    public PostLogoutRedirects(JdbcClient database) {
        this.database = database;
    }

    /** Replaces the addresses of a registered application; they are compared letter by letter. */
    public void register(String clientId, Set<String> addresses) {
        database.sql("UPDATE smart_client SET post_logout_redirect_uris = ? WHERE client_id = ?")
                .params(addresses.toArray(new String[0]), clientId)
                .update();
    }

    /** The addresses of an application, in alphabetical order; none of one that is not registered. */
    public List<String> of(String clientId) {
        return database.sql("SELECT unnest(post_logout_redirect_uris) FROM smart_client WHERE client_id = ? ORDER BY 1")
                .param(clientId)
                .query(String.class)
                .list();
    }

    /** Whether the application has registered exactly this address. */
    public boolean allows(String clientId, String address) {
        return database.sql("""
                        SELECT EXISTS (SELECT FROM smart_client
                                       WHERE client_id = ? AND ? = ANY (post_logout_redirect_uris))""").params(clientId, address).query(Boolean.class).single();
    }
}
