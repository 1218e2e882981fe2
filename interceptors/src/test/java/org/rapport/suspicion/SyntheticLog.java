package org.rapport.suspicion;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.rapport.audit.Agent;
import org.rapport.audit.AuditRow;
import org.rapport.audit.SecurityEvent.Kind;

/**
 * The audit log of an ordinary house in which some attacks are hidden: clinicians who read of their own patients by day,
 * ward rounds and refusals that stay below what is suspicious, nights on call, patients, an interface engine.
 */
final class SyntheticLog {

    static final Instant BEGIN = Instant.parse("2026-11-02T00:00:00Z");
    static final int CLINICIANS = 200;
    static final int PANEL = 25;
    static final String ENGINE = "engine";

    private final Random random;
    private final Rows rows = new Rows();
    private final List<AuditRow> log = new ArrayList<>();
    private final List<Attack> attacks = new ArrayList<>();

    /**
     * An attack that is hidden in the log.
     *
     * @param rule which rule is to find it
     * @param from when it begins; it is over within an hour
     */
    record Attack(String rule, String actor, Instant from) {

        boolean explains(Suspicion suspicion) {
            var end = from.plus(Duration.ofHours(1));
            return actor.equals(suspicion.actor())
                    && suspicion.since().isBefore(end)
                    && suspicion.since().isAfter(from.minus(Duration.ofDays(1)));
        }
    }

    private SyntheticLog(long seed) {
        random = new Random(seed);
    }

    /** A log of about so many rows and so many attacks. */
    static SyntheticLog of(long seed, int events, int attacks) {
        var synthetic = new SyntheticLog(seed);
        int day = 0;
        while (synthetic.log.size() < events) {
            synthetic.addDay(day++);
        }
        for (int number = 0; number < attacks; number++) {
            synthetic.addAttack(number, day);
        }
        synthetic.log.sort(Comparator.comparing(AuditRow::recorded));
        return synthetic;
    }

    List<AuditRow> rows() {
        return log;
    }

    List<Attack> attacks() {
        return attacks;
    }

    /** The names of clinicians say whose panel is theirs. */
    static String clinician(int number) {
        return "c" + number;
    }

    static String patient(String clinician, int number) {
        return "p" + clinician + "-" + number;
    }

    private void addDay(int day) {
        var morning = BEGIN.plus(Duration.ofDays(day)).plus(Duration.ofHours(7));
        for (int number = 0; number < CLINICIANS; number++) {
            addShift(clinician(number), morning);
        }
        for (int patient = 0; patient < 300; patient++) {
            var at = morning.plusSeconds(random.nextInt(50_000));
            for (int read = 0; read < 10; read++) {
                log.add(rows.own("portal" + patient, at.plusSeconds(read)));
            }
        }
        for (int read = 0; read < 9_000; read++) {
            var whose = patient(clinician(random.nextInt(CLINICIANS)), random.nextInt(PANEL));
            log.add(rows.byClient(ENGINE, morning.plusSeconds(read * 3L), whose));
        }
        addOddities(morning);
    }

    private void addShift(String clinician, Instant morning) {
        var at = morning.plusSeconds(random.nextInt(3_600));
        int seen = 10 + random.nextInt(PANEL - 10);
        for (int patient = 0; patient < seen; patient++) {
            for (int read = 0; read < 1 + random.nextInt(9); read++) {
                log.add(rows.read(clinician, at.plusSeconds(read * 10L), patient(clinician, patient)));
            }
            if (random.nextInt(20) == 0) {
                log.add(rows.refused(clinician, at));
            }
            at = at.plusSeconds(300 + random.nextInt(1_200));
        }
    }

    /** What an ordinary day has besides; of some of it nobody could tell that it is harmless. */
    private void addOddities(Instant morning) {
        var rounds = any();
        for (int patient = 0; patient < 45; patient++) {
            log.add(rows.byClient("ward-" + rounds, morning.plusSeconds(patient * 10L), patient(rounds, patient)));
        }
        var mistyping = any();
        var later = morning.plus(Duration.ofHours(13));
        for (int request = 0; request < 40; request++) {
            log.add(
                    request % 8 == 0
                            ? rows.missing(mistyping, later.plusSeconds(request), "none-" + request)
                            : rows.read(mistyping, later.plusSeconds(request), patient(mistyping, request % 9)));
        }
        var emergency = any();
        for (int times = 0; times < 2; times++) {
            log.add(rows.read(emergency, later.plusSeconds(times), patient(any(), 1), "BTG", "glass" + times));
        }
        var visiting = any();
        for (int times = 0; times < 5; times++) {
            log.add(rows.read(visiting, later.plusSeconds(times), patient("other", times)));
        }
        log.add(rows.act(Kind.ROLES_CHANGED, later, Agent.signedIn("admin", "192.0.2.1"), 200, any()));
        log.add(rows.act(Kind.STEP_UP, later, Agent.signedIn(any(), "192.0.2.77"), 403, ""));
        if (random.nextInt(10) == 0) {
            read(any(), morning.minus(Duration.ofHours(5)), 11, 60);
        }
    }

    private String any() {
        return clinician(random.nextInt(CLINICIANS));
    }

    private void addAttack(int number, int days) {
        var actor = clinician(number % CLINICIANS);
        var noon = BEGIN.plus(Duration.ofDays(random.nextInt(days))).plus(Duration.ofHours(12));
        var at = noon.plusSeconds(random.nextInt(10_000));
        switch (number % 11) {
            case 0 -> mass(note("AR-01", "thief" + number, at), at, 51, 5);
            case 1 -> mass(note("AR-02", actor, at), at, 80, 40);
            case 2 -> snoop(note("AR-03", actor, at), at);
            case 3 -> log.add(rows.read(note("AR-04", actor, at), at, "spouse-" + actor));
            case 4 -> enumerate(note("AR-05", actor, at), at);
            case 5 ->
                log.add(rows.act(Kind.STEP_UP, at, Agent.signedIn(note("AR-06", actor, at), "203.0.113.5"), 403, ""));
            case 6 ->
                log.add(rows.act(
                        Kind.TOKEN_REUSED,
                        at,
                        Agent.client(note("AR-07", "app" + number, at), "203.0.113.5"),
                        403,
                        ""));
            case 7 -> breakGlass(note("AR-08", actor, at), at);
            case 8 -> {
                var night = noon.minus(Duration.ofHours(9));
                read(note("AR-09", actor, night), night, 12, 60);
            }
            case 9 -> {
                note("AR-10", "promoted" + number, at);
                log.add(rows.act(
                        Kind.ROLES_CHANGED, at, Agent.signedIn("admin", "192.0.2.1"), 200, "promoted" + number));
                mass("promoted" + number, at.plusSeconds(60), 22, 50);
            }
            default -> {
                note("AR-11", "new-app" + number, at);
                log.add(rows.act(
                        Kind.CLIENT_REGISTERED, at, Agent.signedIn("admin", "192.0.2.1"), 200, "new-app" + number));
                for (int read = 0; read < 101; read++) {
                    log.add(rows.byClient("new-app" + number, at.plusSeconds(read * 20L), "p" + read % 10));
                }
            }
        }
    }

    private String note(String rule, String actor, Instant at) {
        attacks.add(new Attack(rule, actor, at));
        return actor;
    }

    private void mass(String actor, Instant at, int patients, int pace) {
        for (int patient = 0; patient < patients; patient++) {
            log.add(rows.read(actor, at.plusSeconds((long) patient * pace), patient(actor, patient), "HOPERAT", "jti"));
        }
    }

    private void read(String actor, Instant at, int patients, int pace) {
        for (int patient = 0; patient < patients; patient++) {
            log.add(rows.read(actor, at.plusSeconds((long) patient * pace), patient(actor, patient)));
        }
    }

    private void snoop(String actor, Instant at) {
        for (int patient = 0; patient < 7; patient++) {
            log.add(rows.read(actor, at.plusSeconds(patient * 60L), patient("foreign", patient)));
        }
    }

    private void enumerate(String actor, Instant at) {
        for (int id = 0; id < 25; id++) {
            log.add(rows.missing(actor, at.plusSeconds(id), "guess-" + id));
        }
    }

    private void breakGlass(String actor, Instant at) {
        for (int times = 0; times < 3; times++) {
            log.add(rows.read(actor, at.plusSeconds(times * 600L), patient("ward", times), "BTG", "broken" + times));
        }
    }
}
