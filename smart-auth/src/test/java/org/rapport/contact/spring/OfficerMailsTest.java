package org.rapport.contact.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rapport.account.Accounts;
import org.rapport.account.NewAccount;
import org.rapport.account.Role;
import org.rapport.anomaly.PrivacyOfficers;
import org.rapport.contact.MailAddress;
import org.rapport.contact.MailAddresses;
import org.rapport.smart.TestMails;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;

class OfficerMailsTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final String LINK = "https://fhir.example.org/fhir/Flag/7";

    @Test
    void tellPrivacyOfficersWhereToLookAndNobodyElse() {
        person("officer-kim", Role.PRIVACY_OFFICER);
        person("auditor-kim", Role.AUDITOR);

        SERVER.bean(PrivacyOfficers.class).tell(LINK);

        var mail = TestMails.await("officer-kim@watch.example.org", "audit log");
        assertThat(mail.text()).contains(LINK).doesNotContain("{", "Patient");
        assertThat(TestMails.to("auditor-kim@watch.example.org")).isEmpty();
    }

    private static void person(String username, Role role) {
        SERVER.bean(Accounts.class)
                .createIfAbsent(new NewAccount(username, TestWorld.PASSWORD, "N", null, Set.of(role)));
        SERVER.bean(MailAddresses.class)
                .verified(
                        username,
                        MailAddress.parse(username + "@watch.example.org").orElseThrow());
    }
}
