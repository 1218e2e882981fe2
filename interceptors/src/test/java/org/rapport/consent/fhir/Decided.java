package org.rapport.consent.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Consent;
import org.rapport.consent.ConsentDecision;
import org.rapport.consent.ConsentDecision.Deny;
import org.rapport.consent.ConsentRules;
import org.rapport.consent.ProtectedResource;
import org.rapport.consent.Use;

/** What the rules decide of the consents of a test. */
final class Decided {

    private Decided() {}

    static void assertPermit(Use use, ProtectedResource resource, Consent... onFile) {
        assertThat(decide(use, resource, onFile)).isInstanceOf(ConsentDecision.Permit.class);
    }

    static void assertDeny(Use use, ProtectedResource resource, Consent... onFile) {
        assertThat(decide(use, resource, onFile)).isInstanceOf(Deny.class);
    }

    static ConsentDecision decide(Use use, ProtectedResource resource, Consent... onFile) {
        var read = Stream.of(onFile)
                .map(TestUses.consents()::read)
                .flatMap(Optional::stream)
                .toList();
        return ConsentRules.decide(use, resource, read);
    }
}
