package org.rapport.launch;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Knows which clients may open applications for their users. */
public final class LaunchingClients {

    private final JdbcClient database;

    public LaunchingClients(JdbcClient database) {
        this.database = database;
    }

    /** Lets a registered client open applications. */
    public void permit(String clientId) {
        database.sql("INSERT INTO launching_client (client_id) VALUES (?) ON CONFLICT DO NOTHING")
                .param(clientId)
                .update();
    }

    /** Takes the right away; launches that wait stay usable until they are too old. */
    public void forbid(String clientId) {
        database.sql("DELETE FROM launching_client WHERE client_id = ?")
                .param(clientId)
                .update();
    }

    /** Whether a client may open applications. */
    public boolean mayLaunch(String clientId) {
        return database.sql("SELECT EXISTS (SELECT FROM launching_client WHERE client_id = ?)")
                .param(clientId)
                .query(Boolean.class)
                .single();
    }
}
