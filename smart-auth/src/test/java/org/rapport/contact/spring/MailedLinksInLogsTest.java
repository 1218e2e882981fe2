package org.rapport.contact.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rapport.account.Account;
import org.rapport.account.Role;
import org.rapport.audit.Agent;
import org.rapport.invitation.Invitation;
import org.rapport.invitation.Invitations;
import org.rapport.smart.Browser;
import org.rapport.smart.LogLines;
import org.rapport.smart.TestMails;
import org.rapport.smart.TestPeople;
import org.rapport.smart.TestServer;

class MailedLinksInLogsTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final Account CLERK = new Account("clerk", "Clerk", "Practitioner/lee", Set.of(Role.CLERK), true);
    private static final String FRESH = "CANARY-treuherzig-Kabeljau";
    private static final String BORN = "1980-03-01";

    private final TestPeople person = TestPeople.patient(SERVER);
    private final Browser browser = new Browser(SERVER.url());
    private final List<String> secrets = new ArrayList<>(List.of("CANARY"));

    private String noted(String link) {
        secrets.add(link.substring(link.lastIndexOf('/') + 1));
        return link;
    }

    private void newPassword() {
        browser.send(browser.open("/login/reset"), Map.of("who", person.address()));
        var link = noted(TestMails.link(TestMails.await(person.address(), "Set a new password")));
        var page = browser.open(link);
        browser.send(page, Map.of("password", "CANARY", "repeated", "CANARY-else"));
        assertThat(browser.send(page, Map.of("password", FRESH, "repeated", FRESH))
                        .statusCode())
                .isEqualTo(200);
        browser.open(link);
        var signedIn = new Browser(SERVER.url());
        person.signIn(signedIn, FRESH);
        var changed = signedIn.send(
                signedIn.open("/account/password"),
                Map.of("old", FRESH, "password", FRESH + "-anew", "repeated", FRESH + "-anew"));
        assertThat(changed.statusCode()).as(changed.asString()).isEqualTo(200);
    }

    private void newAddress() {
        var owner = new Browser(SERVER.url());
        person.signIn(owner, FRESH + "-anew");
        var fresh = "new." + person.address();
        owner.send(owner.open("/account/email"), Map.of("address", fresh, "old", FRESH + "-anew"));
        var link = noted(TestMails.link(TestMails.await(fresh, "Confirm")));
        browser.send(browser.open(link), Map.of());
        browser.open(link);
    }

    private void invitation() {
        var invited = new Invitation(
                Optional.empty(),
                "Zoe Doe",
                Optional.of("Patient/of-" + person.username()),
                Set.of(Role.PATIENT),
                Optional.of(LocalDate.parse(BORN)));
        var made = SERVER.bean(Invitations.class).create(invited, CLERK, Agent.SERVER);
        var code = ((Invitations.Made.Code) made).code();
        secrets.add(code);
        secrets.add(code.replace("-", ""));
        answer(code, "1980-03-02");
        assertThat(answer(code, BORN)).isEqualTo(200);
        answer(code, BORN);
    }

    private int answer(String code, String birthDate) {
        return browser.send(
                        browser.open("/invitation"),
                        Map.of(
                                "code", code,
                                "birthDate", birthDate,
                                "username", "of-" + person.username().substring(0, 20),
                                "password", FRESH,
                                "repeated", FRESH))
                .statusCode();
    }

    @Test
    void areNeverWrittenAtAnyLevel() {
        try (var lines = LogLines.all()) {
            newPassword();
            newAddress();
            invitation();

            lines.holdNone(secrets);
        }
    }
}
