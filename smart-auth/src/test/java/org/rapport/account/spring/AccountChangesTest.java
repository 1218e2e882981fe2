package org.rapport.account.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.rapport.account.AccountChanges;
import org.rapport.account.AccountChanges.Outcome;
import org.rapport.account.Accounts;
import org.rapport.account.NewAccount;
import org.rapport.account.Role;
import org.rapport.audit.Agent;
import org.rapport.smart.TestPeople;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.rapport.smart.Together;
import org.springframework.jdbc.core.simple.JdbcClient;

class AccountChangesTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final Agent ADMIN = Agent.signedIn("root", "127.0.0.1");

    private final AccountChanges changes = SERVER.bean(AccountChanges.class);
    private final Accounts accounts = SERVER.bean(Accounts.class);
    private final TestPeople person = TestPeople.patient(SERVER);

    private List<String> rows(String interaction) {
        return JdbcClient.create(SERVER.bean(DataSource.class))
                .sql("SELECT query FROM audit_log WHERE interaction = ? AND resource_id = ? AND subject = 'root'"
                        + " ORDER BY number")
                .params(interaction, person.username())
                .query(String.class)
                .list();
    }

    @Test
    void giveRolesAndKeepTheOldAndTheNewInTheAuditLog() {
        assertThat(changes.setRoles(person.username(), Set.of(Role.CLERK, Role.AUDITOR), ADMIN))
                .isEqualTo(Outcome.DONE);

        assertThat(accounts.find(person.username()).orElseThrow().roles())
                .containsExactlyInAnyOrder(Role.CLERK, Role.AUDITOR);
        assertThat(rows("roles-changed")).containsExactly("patient -> auditor clerk");
    }

    @Test
    void endTheSessionsOfWhoeverIsDisabled() {
        var browser = person.signedIn();

        assertThat(changes.setEnabled(person.username(), false, ADMIN)).isEqualTo(Outcome.DONE);

        assertThat(browser.open("/account/email").asString()).contains("name=\"password\"");
        assertThat(person.hasPassword(TestWorld.PASSWORD)).isFalse();
        changes.setEnabled(person.username(), true, ADMIN);
        assertThat(person.hasPassword(TestWorld.PASSWORD)).isTrue();
        assertThat(rows("account-changed")).containsExactly("disabled", "enabled");
    }

    @Test
    void linkToTheRecord() {
        assertThat(changes.setFhirUser(person.username(), "Observation/1", ADMIN))
                .isEqualTo(Outcome.BAD_LINK);
        assertThat(changes.setFhirUser(person.username(), "Person/pat", ADMIN)).isEqualTo(Outcome.DONE);

        assertThat(accounts.find(person.username()).orElseThrow().fhirUser()).isEqualTo("Person/pat");
        assertThat(rows("account-changed")).containsExactly("link Patient/" + person.username() + " -> Person/pat");
    }

    @Test
    void removeAnAccount() {
        assertThat(changes.delete(person.username(), ADMIN)).isEqualTo(Outcome.DONE);

        assertThat(accounts.find(person.username())).isEmpty();
        assertThat(changes.delete(person.username(), ADMIN)).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void alwaysLeaveAnAdministrator() {
        try (var own = TestServer.start()) {
            var admins = own.bean(Accounts.class);
            for (var name : List.of("a", "b")) {
                admins.createIfAbsent(new NewAccount(name, TestWorld.PASSWORD, name, null, Set.of(Role.ADMIN)));
            }
            var outcomes =
                    Together.times(2, i -> own.bean(AccountChanges.class).setEnabled(i == 0 ? "a" : "b", false, ADMIN));

            assertThat(outcomes).containsExactlyInAnyOrder(Outcome.DONE, Outcome.LAST_ADMIN);
        }
    }

    @Test
    void arePagedAndFound() {
        assertThat(accounts.page(person.username().toUpperCase(Locale.ROOT), 0, 10))
                .singleElement()
                .satisfies(found -> assertThat(found.username()).isEqualTo(person.username()));
        assertThat(accounts.page("", 0, 1)).hasSize(1);
        assertThat(accounts.page("", 1, 1)).doesNotContainAnyElementsOf(accounts.page("", 0, 1));
        assertThat(accounts.page("%", 0, 10)).isEmpty();
    }
}
