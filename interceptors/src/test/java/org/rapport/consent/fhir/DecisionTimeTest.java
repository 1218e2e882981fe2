package org.rapport.consent.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.consent.fhir.TestConsents.actor;
import static org.rapport.consent.fhir.TestConsents.dataPeriod;
import static org.rapport.consent.fhir.TestConsents.exceptDeny;
import static org.rapport.consent.fhir.TestConsents.exceptPermit;
import static org.rapport.consent.fhir.TestConsents.label;
import static org.rapport.consent.fhir.TestConsents.permit;
import static org.rapport.consent.fhir.TestUses.DR_A;
import static org.rapport.consent.fhir.TestUses.o1;
import static org.rapport.consent.fhir.TestUses.o2;
import static org.rapport.consent.fhir.TestUses.treatment;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rapport.consent.ConsentRules;
import org.rapport.consent.RecordedConsent;

/** What a decision takes, once the consents are read and kept. */
class DecisionTimeTest {

    private static final int DECISIONS = 20_000;
    private static final long LIMIT_NANOS = 50_000;

    @Test
    void isFiftyMicrosecondsAtMost() {
        var onFile = Stream.of(
                        permit(label("N")
                                .andThen(exceptPermit(actor("Practitioner/dr-a").andThen(label("PSY"))))),
                        permit(exceptDeny(dataPeriod("2023-01-01", "2023-12-31"))),
                        permit(exceptDeny(label("HIV"))))
                .map(TestUses.consents()::read)
                .flatMap(Optional::stream)
                .toList();
        long best = IntStream.range(0, 5)
                .mapToLong(round -> nanosPerDecision(onFile))
                .min()
                .orElseThrow();
        System.out.printf("A decision over three known consents takes %.1f µs.%n", best / 1e3);
        assertThat(best).isLessThan(LIMIT_NANOS);
    }

    private static long nanosPerDecision(List<RecordedConsent> onFile) {
        var use = treatment(DR_A);
        var resources = List.of(o1(), o2());
        long begin = System.nanoTime();
        long decided = IntStream.range(0, DECISIONS)
                .mapToObj(each -> ConsentRules.decide(use, resources.get(each % 2), onFile))
                .filter(decision -> decision != null)
                .count();
        return (System.nanoTime() - begin) / decided;
    }
}
