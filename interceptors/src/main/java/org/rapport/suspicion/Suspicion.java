package org.rapport.suspicion;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.rapport.audit.AuditRow;

/**
 * What a rule found; rule, actor and time tell it from all others.
 *
 * @param rule which rule, such as AR-05, ten characters at most
 * @param actor user, client or address; or the resource in doubt
 * @param fhirUser the user's own resource, relative
 * @param since when the time began in which it was found
 * @param what in words, without anything of a patient
 */
public record Suspicion(String rule, String actor, Optional<String> fhirUser, Instant since, String what) {

    /**
     * A suspicion that a row completed.
     *
     * @param window the length of the times in which it is found once; zero for each time
     */
    static Suspicion of(String rule, AuditRow row, Duration window, String what) {
        return new Suspicion(rule, actor(row), row.entry().agent().fhirUser(), beginning(row.recorded(), window), what);
    }

    /** Whether somebody has to look into it and say so: BG-10, the glass was broken often. */
    public boolean needsReview() {
        return rule.equals(OftenBrokenGlass.RULE);
    }

    /** Who acted, by the best name there is; empty for the server itself. */
    static String actor(AuditRow row) {
        var agent = row.entry().agent();
        return agent.subject().or(agent::client).or(agent::address).orElse("");
    }

    private static Instant beginning(Instant moment, Duration window) {
        return window.isZero()
                ? moment
                : Instant.ofEpochSecond(
                        Math.floorDiv(moment.getEpochSecond(), window.toSeconds()) * window.toSeconds());
    }
}
