package org.rapport.suspicion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.audit.Agent;
import org.rapport.audit.AuditEntry;
import org.rapport.audit.AuditRow;
import org.rapport.audit.Disclosure;
import org.rapport.audit.Entity;
import org.rapport.audit.Interaction;
import org.rapport.audit.SecurityEvent.Kind;

/** 100,000 rows in every build, a million with {@code -Psoak}. */
class WatchTest {

    private static final boolean SOAK = Boolean.getBoolean("rapport.soak");
    private static final long SEED = 20_261_129;
    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
    private static final Limits LIMITS = new Limits(50, 500, 5, Set.of(SyntheticLog.ENGINE), ZoneOffset.UTC);

    private final Rows rows = new Rows();
    private final Watch watch = new Watch(LIMITS, new UsualDays(), new Panels());

    @Test
    void findsTheAttacksInASyntheticLogAndLittleElse() {
        var log = SyntheticLog.of(SEED, SOAK ? 1_000_000 : 100_000, SOAK ? 200 : 110);
        long begin = System.nanoTime();
        var found = new ArrayList<Suspicion>();
        log.rows().forEach(row -> found.addAll(watch.look(row)));
        long millis = (System.nanoTime() - begin) / 1_000_000;

        var missed = log.attacks().stream()
                .filter(attack ->
                        found.stream().noneMatch(each -> each.rule().equals(attack.rule()) && attack.explains(each)))
                .toList();
        var wrong = found.stream()
                .filter(each -> log.attacks().stream().noneMatch(attack -> attack.explains(each)))
                .toList();
        double recall = 1 - (double) missed.size() / log.attacks().size();
        double precision = 1 - (double) wrong.size() / found.size();
        System.out.printf(
                "Anomaly rules: %d rows in %d ms, %d attacks, recall %.3f, precision %.3f%n",
                log.rows().size(), millis, log.attacks().size(), recall, precision);

        assertThat(recall).as("missed: %s", missed).isGreaterThanOrEqualTo(0.95);
        assertThat(precision).as("wrong: %s", wrong).isGreaterThanOrEqualTo(0.80);
        assertThat(found.stream().map(Suspicion::rule).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 11)
                        .mapToObj("AR-%02d"::formatted)
                        .toList());
    }

    @Test
    void suspectsReadingOfOnePatientMoreThanAllowed() {
        assertThat(readOf(50)).isEmpty();
        assertThat(readOf(51)).isEqualTo(List.of("AR-01"));
    }

    @Test
    void countsOnlyTenMinutes() {
        for (int patient = 0; patient < 51; patient++) {
            assertThat(watch.look(rows.byClient("app", NOON.plusSeconds(patient * 13L), "p" + patient)))
                    .isEmpty();
        }
    }

    @Test
    void trustsAClientThatReadsMuchByItself() {
        for (int patient = 0; patient < 500; patient++) {
            assertThat(watch.look(rows.byClient(SyntheticLog.ENGINE, NOON, "p" + patient)))
                    .isEmpty();
        }
    }

    @Test
    void suspectsEveryExportOnceEvenOfAClientThatIsTrusted() {
        var agent = Agent.client(SyntheticLog.ENGINE, "192.0.2.9");
        var first = watch.look(rows.act(Disclosure.EXPORT, NOON, agent, 0, "g"));
        assertThat(first).extracting(Suspicion::rule).containsExactly("AR-01");
        assertThat(watch.look(rows.act(Disclosure.EXPORT, NOON, agent, 0, "g"))).isEmpty();
    }

    @Test
    void suspectsTheTwentyFirstUnknownId() {
        for (int id = 0; id < 20; id++) {
            assertThat(watch.look(rows.missing("c1", NOON, "x" + id))).isEmpty();
        }
        assertThat(watch.look(rows.missing("c1", NOON, "x1"))).isEmpty();
        assertThat(watch.look(rows.missing("c1", NOON, "x20"))).hasSize(1);
    }

    @Test
    @DisplayName("BG-10: even before a token was fetched")
    void suspectsTheThirdEmergencyOfADayAndWantsItReviewed() {
        var doctor = Agent.signedIn("c1", "192.0.2.7");
        assertThat(watch.look(rows.act(Kind.BREAK_GLASS_STARTED, NOON, doctor, 200, "e1")))
                .isEmpty();
        assertThat(watch.look(rows.act(Kind.BREAK_GLASS_STARTED, NOON, doctor, 403, "e2")))
                .isEmpty();
        assertThat(watch.look(rows.act(Kind.BREAK_GLASS_STARTED, NOON, doctor, 200, "e3")))
                .isEmpty();
        assertThat(watch.look(rows.act(Kind.BREAK_GLASS_STARTED, NOON, doctor, 200, "e4")))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.rule()).isEqualTo("AR-08");
                    assertThat(found.needsReview()).isTrue();
                });
        assertThat(watch.look(rows.act(Kind.BREAK_GLASS_STARTED, NOON.plusSeconds(86_401), doctor, 200, "e5")))
                .isEmpty();
    }

    @Test
    void tellsOfEachReuseOfATokenAndOfItsTime() {
        var agent = Agent.client("app", "192.0.2.9");
        assertThat(watch.look(rows.act(Kind.TOKEN_REUSED, NOON, agent, 403, "")))
                .containsExactly(
                        new Suspicion("AR-07", "app", Optional.empty(), NOON, "A token, code or assertion came twice"));
        assertThat(watch.look(rows.act(Kind.TOKEN_REUSED, NOON.plusMillis(1), agent, 403, "")))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"SIGN_IN, 203.0.113.5, 1", "STEP_UP, 203.0.113.5, 1", "SIGN_IN, 192.0.2.9, 0"})
    void suspectsAFailedProofInANetworkNeverUsedBefore(Kind kind, String address, int found) {
        assertThat(watch.look(rows.act(kind, NOON, Agent.signedIn("c1", address), 403, "")))
                .hasSize(found);
        assertThat(watch.look(rows.act(kind, NOON, Agent.unknown(address), 403, "")))
                .isEmpty();
    }

    @Test
    void countsRequestsThatShareAnId() {
        for (int request = 0; request < 30; request++) {
            assertThat(watch.look(refusedUnderTheSameId(request))).isEmpty();
        }
        assertThat(watch.look(refusedUnderTheSameId(30))).hasSize(1);
    }

    private static AuditRow refusedUnderTheSameId(int request) {
        return new AuditRow(
                request,
                NOON.plusSeconds(request),
                new AuditEntry(
                        "same",
                        Agent.client("app", "192.0.2.9"),
                        Interaction.SEARCH,
                        403,
                        Entity.NONE,
                        Optional.empty(),
                        1));
    }

    @Test
    void tellsOfOneTimeOnce() {
        readOf(51);
        assertThat(watch.look(rows.byClient("app51", NOON.plusSeconds(60), "one-more")))
                .isEmpty();
        assertThat(watch.look(rows.byClient("app51", NOON.plus(Duration.ofMinutes(10)), "one-more")))
                .hasSize(1);
    }

    private List<String> readOf(int patients) {
        var found = new ArrayList<String>();
        for (int patient = 0; patient < patients; patient++) {
            watch.look(rows.byClient("app" + patients, NOON.plusSeconds(1), "p" + patient))
                    .forEach(each -> found.add(each.rule()));
        }
        return found;
    }

    /** Everybody works from six to nineteen and sees twenty patients on most days, in one network. */
    private static final class UsualDays implements Past {

        @Override
        public OptionalInt patientsADay(String actor, Instant before) {
            return actor.startsWith("c") ? OptionalInt.of(20) : OptionalInt.empty();
        }

        @Override
        public Set<Integer> hours(String actor, Instant before) {
            return IntStream.rangeClosed(6, 19).boxed().collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public boolean knows(String actor, Network network, Instant before) {
            return network.prefix().equals("192.0.2.");
        }
    }

    /** Everybody treats the patients with the own name in theirs. */
    private static final class Panels implements People {

        @Override
        public boolean treats(String practitioner, String patient) {
            return patient.startsWith("p" + practitioner.replace("Practitioner/", "") + "-");
        }

        @Override
        public boolean areClose(String practitioner, String patient) {
            return patient.equals("spouse-" + practitioner.replace("Practitioner/", ""));
        }
    }
}
