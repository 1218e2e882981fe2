package org.rapport.factor.spring;

import io.restassured.response.Response;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.rapport.account.Accounts;
import org.rapport.account.NewAccount;
import org.rapport.account.Role;
import org.rapport.factor.RecoveryCodes;
import org.rapport.factor.SignedInBy;
import org.rapport.factor.Totp;
import org.rapport.factor.TotpFactors;
import org.rapport.factor.TotpSecret;
import org.rapport.smart.Browser;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;

/** Somebody new with an account, and maybe with an authenticator app. */
record FactorTestPerson(TestServer server, String username, TotpSecret app) {

    static FactorTestPerson with(TestServer server, Role role) {
        var person = new FactorTestPerson(server, "p-" + UUID.randomUUID(), TotpSecret.random(new SecureRandom()));
        server.bean(Accounts.class)
                .createIfAbsent(new NewAccount(person.username, TestWorld.PASSWORD, "P", null, Set.of(role)));
        return person;
    }

    FactorTestPerson withApp() {
        server.bean(TotpFactors.class).add(username, "Phone", app);
        return this;
    }

    List<String> withRecoveryCodes() {
        return server.bean(RecoveryCodes.class).renew(username);
    }

    /** The code of the step that many before or after now. */
    String code(int offset) {
        return code(app, offset);
    }

    static String code(TotpSecret secret, int offset) {
        return Totp.code(secret, new Totp(Clock.systemUTC()).steps().get(0) + offset);
    }

    /** Gives the password; the answer is the page after it. */
    Response password(Browser browser) {
        return browser.send(browser.open("/login"), Map.of("username", username, "password", TestWorld.PASSWORD));
    }

    /** Gives the password and the code of now. */
    Response signIn(Browser browser) {
        return browser.send(password(browser), Map.of("code", code(0)));
    }

    JdbcClient database() {
        return JdbcClient.create(server.bean(DataSource.class));
    }

    /** Rows of the audit log about this person, oldest first: what was done, 200 or 403, how. */
    List<String> audited() {
        return JdbcClient.create(server.bean(DataSource.class))
                .sql("SELECT concat_ws(' ', interaction, status, query) FROM audit_log WHERE resource_id = ? ORDER"
                        + " BY number")
                .param(username)
                .query(String.class)
                .list();
    }

    /** Makes this person's last proof a second too old for a step-up. */
    void growsStale() {
        var sessions = sessions(server);
        sessions.findByPrincipalName(username).values().forEach(session -> {
            SignedInBy by = session.getRequiredAttribute(SignedInBy.ATTRIBUTE);
            session.setAttribute(
                    SignedInBy.ATTRIBUTE,
                    new SignedInBy(
                            by.methods(),
                            by.signedInAt(),
                            by.provedAt().minus(SignedInBy.FRESH).minusSeconds(1)));
            sessions.save(session);
        });
    }

    @SuppressWarnings("unchecked")
    private static FindByIndexNameSessionRepository<Session> sessions(TestServer server) {
        return server.bean(FindByIndexNameSessionRepository.class);
    }
}
