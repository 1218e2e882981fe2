package org.rapport.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rapport.reminder.PlannedReminders.Planned;
import org.rapport.reminder.PlannedReminders.State;
import org.rapport.testing.TestDatabase;
import org.springframework.transaction.TransactionDefinition;

class ReminderTablesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final Instant START = NOW.plus(Duration.ofDays(5));

    private final TestDatabase database = TestDatabase.with("V2026.11.22.45__reminder.sql");
    private final PlannedReminders planned = new PlannedReminders(database.client());

    @Test
    void givesWhatIsDueToOneTakerOnly() {
        planned.add(reminder("due", NOW));
        planned.add(reminder("later", NOW.plusSeconds(1)));

        var taken = new ArrayList<List<Planned>>();
        database.transactions().executeWithoutResult(first -> {
            taken.add(planned.due(NOW, 10));
            var other = database.transactions();
            other.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
            other.executeWithoutResult(second -> taken.add(planned.due(NOW, 10)));
            planned.settle(taken.get(0).get(0).reminder(), State.DISPATCHED);
        });

        assertThat(taken.get(0))
                .extracting(each -> each.reminder().appointment())
                .containsExactly("due");
        assertThat(taken.get(1)).isEmpty();
        assertThat(planned.due(NOW, 10)).isEmpty();
    }

    @Test
    void leavesAloneWhatIsPostponed() {
        planned.add(reminder("bad", NOW.minusSeconds(60)));
        planned.add(reminder("good", NOW));
        planned.postpone(reminder("bad", NOW).reminder(), NOW.plusSeconds(60));

        assertThat(planned.due(NOW, 1)).containsExactly(reminder("good", NOW));
        assertThat(planned.due(NOW.plusSeconds(60), 10)).hasSize(2);
    }

    @Test
    void plansARevokedReminderAgainAndADispatchedOneNever() {
        var reminder = reminder("a", NOW);
        planned.add(reminder);
        assertThat(planned.has(reminder.reminder())).isTrue();
        planned.settle(reminder.reminder(), State.REVOKED);
        assertThat(planned.has(reminder.reminder())).isFalse();
        planned.add(new Planned(reminder.reminder(), "request-2"));
        assertThat(planned.waiting("a")).extracting(Planned::request).containsExactly("request-2");

        planned.settle(reminder.reminder(), State.DISPATCHED);
        assertThat(planned.has(reminder.reminder())).isTrue();
        assertThat(planned.waiting("a")).isEmpty();
    }

    @Test
    void remindsEachPatientOfAVisit() {
        planned.add(reminder("a", NOW));
        var other = new Reminder("a", "bob", START, Duration.ofHours(2), NOW);
        assertThat(planned.has(other)).isFalse();
        planned.add(new Planned(other, "request-of-bob"));

        assertThat(planned.due(NOW, 10)).hasSize(2);
        assertThat(planned.purpose("request-of-bob")).contains(new ActionLinks.Purpose("a", "bob", START));
        planned.add(new Planned(other, "request-anew"));
        assertThat(planned.purpose("request-of-bob")).isEmpty();
    }

    @Test
    void knowsALinkByItsTokenUntilTheAppointmentBegins() {
        var purpose = new ActionLinks.Purpose("a", "alice", START);
        var token = linksAt(NOW).make(purpose);

        assertThat(linksAt(NOW).find(token)).contains(purpose);
        assertThat(linksAt(START.minusMillis(1)).find(token)).contains(purpose);
        assertThat(linksAt(START).find(token)).isEmpty();
        assertThat(linksAt(NOW).find(token.substring(1) + "A")).isEmpty();
    }

    @Test
    void keepsNoTokenThatSomebodyCouldUse() {
        var token = linksAt(NOW).make(new ActionLinks.Purpose("a", "alice", START));
        assertThat(database.client()
                        .sql("select count(*) from action_link where encode(token_hash, 'escape') like ?"
                                + " or encode(token_hash, 'base64') like ?")
                        .params("%" + token + "%", "%" + token + "%")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void acceptsAFormOnlyWithTheKeyOfItsToken() {
        assertThat(ActionLinks.isFormOf("token", ActionLinks.formKey("token"))).isTrue();
        assertThat(ActionLinks.isFormOf("token", ActionLinks.formKey("other"))).isFalse();
        assertThat(ActionLinks.isFormOf("token", "")).isFalse();
    }

    private ActionLinks linksAt(Instant now) {
        return new ActionLinks(database.client(), new SecureRandom(), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Planned reminder(String appointment, Instant due) {
        return new Planned(
                new Reminder(appointment, "alice", START, Duration.ofHours(2), due), "request-" + appointment);
    }
}
