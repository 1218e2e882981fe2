package org.rapport.smart;

import java.util.UUID;
import javax.sql.DataSource;
import org.rapport.account.LinkToken;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Links as the mails hold them, made without a mail. */
public final class TestPeopleLinks {

    private TestPeopleLinks() {}

    /** The token of a link that replaces a forgotten password. */
    public static String reset(TestServer server, String username) {
        var token = LinkToken.random();
        JdbcClient.create(server.bean(DataSource.class))
                .sql("INSERT INTO password_reset (token_hash, username, mail, address_hash, expires_at)"
                        + " VALUES (?, ?, ?, ?, now() + interval '30 minutes')")
                .params(TokenHash.of(token), username, UUID.randomUUID(), new byte[] {1})
                .update();
        return token;
    }
}
