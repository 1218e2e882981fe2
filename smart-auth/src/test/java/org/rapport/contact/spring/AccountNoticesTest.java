package org.rapport.contact.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.account.AccountNotices;
import org.rapport.account.Accounts;
import org.rapport.account.NewAccount;
import org.rapport.account.Role;
import org.rapport.contact.MailAddress;
import org.rapport.contact.MailAddresses;
import org.rapport.smart.TestMails;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class AccountNoticesTest {

    private static final TestServer SERVER = TestServer.shared();

    private final AccountNotices notices = SERVER.bean(AccountNotices.class);
    private final JdbcClient database = JdbcClient.create(SERVER.bean(DataSource.class));

    private static void person(String username, String address) {
        SERVER.bean(Accounts.class)
                .createIfAbsent(new NewAccount(username, TestWorld.PASSWORD, "N", null, Set.of(Role.PATIENT)));
        SERVER.bean(MailAddresses.class)
                .verified(username, MailAddress.parse(address).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "factor-added",
                "factor-removed",
                "recovery-used",
                "password-changed",
                "refresh-reused",
                "session-revoked",
                "new-app"
            })
    void goToTheVerifiedAddress(String notice) {
        var address = notice + "@notices.example.org";
        person("notices-" + notice, address);

        notices.tell("notices-" + notice, notice);

        var mail = TestMails.await(address, "");
        assertThat(mail.subject()).contains("account").doesNotContain("notices-");
        assertThat(mail.text()).contains("notices-" + notice, SERVER.url()).doesNotContain("{");
    }

    @Test
    void areNotQueuedForAnAccountWithoutAddress() {
        long before = queued();

        notices.tell(TestWorld.ALICE, "new-app");
        notices.tell("nobody-at-all", "new-app");

        assertThat(queued()).isEqualTo(before);
    }

    @Test
    void goOutOnlyIfTheTransactionCommits() {
        person("rolled-back", "rolled-back@notices.example.org");
        new TransactionTemplate(SERVER.bean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            notices.tell("rolled-back", "factor-added");
            status.setRollbackOnly();
        });
        notices.tell("rolled-back", "factor-removed");

        TestMails.await("rolled-back@notices.example.org", "removed");
        assertThat(TestMails.to("rolled-back@notices.example.org")).hasSize(1);
    }

    @Test
    void lieInTheDatabaseEncrypted() {
        person("encrypted", "canary-address@notices.example.org");
        notices.tell("encrypted", "factor-added");
        TestMails.await("canary-address@notices.example.org", "added");

        assertThat(database.sql("SELECT payload FROM outbox_item WHERE kind = 'account-mail'")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .noneMatch(payload -> payload.contains("canary") || payload.contains("encrypted"));
        assertThat(database.sql("SELECT encode(sealed_address, 'escape') FROM account_address")
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .noneMatch(address -> address.contains("canary"));
    }

    @Test
    void areRecordedAsSent() {
        person("recorded", "recorded@notices.example.org");
        notices.tell("recorded", "session-revoked");

        await().untilAsserted(() -> assertThat(
                        database.sql("SELECT DISTINCT state FROM outbox_item WHERE key LIKE 'session-revoked:%'")
                                .query(String.class)
                                .list())
                .containsExactly("D"));
    }

    @Test
    void mustHaveMessages() {
        person("unwritten", "unwritten@notices.example.org");

        assertThatThrownBy(() -> notices.tell("unwritten", "no-such-notice"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no-such-notice");
    }

    private long queued() {
        return database.sql("SELECT count(*) FROM outbox_item WHERE key LIKE 'new-app:%'")
                .query(Long.class)
                .single();
    }
}
