package org.rapport.smart;

import io.restassured.response.Response;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Gives the second factor of anybody, as often as wanted: one-time codes of an app would be used up. */
public final class SecondStep {

    private static final Map<String, TestServer> SERVERS = new ConcurrentHashMap<>();

    private SecondStep() {}

    static void of(String address, TestServer server) {
        SERVERS.putIfAbsent(address, server);
    }

    /** Whether this page asks for a factor. */
    public static boolean isAskedBy(Response page) {
        return page.asString().contains("action=\"/login/factor\"");
    }

    /** Gives a factor to the page that asks for it, with a recovery code that nobody else has. */
    public static Response give(Browser browser, String server, Response page, String username) {
        return browser.send(page, Map.of("recovery", newRecoveryCode(server, username)));
    }

    /** One more recovery code for this person. */
    public static String newRecoveryCode(String server, String username) {
        var code = UUID.randomUUID().toString();
        var plain = code.toUpperCase(Locale.ROOT).replace("-", "");
        JdbcClient.create(Objects.requireNonNull(SERVERS.get(server)).bean(DataSource.class))
                .sql("INSERT INTO recovery_code (username, code_hash) VALUES (?, ?)")
                .params(username, TokenHash.of(plain))
                .update();
        return code;
    }
}
