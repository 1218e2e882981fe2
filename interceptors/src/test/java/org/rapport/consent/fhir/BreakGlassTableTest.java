package org.rapport.consent.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.consent.fhir.Decided.assertDeny;
import static org.rapport.consent.fhir.Decided.decide;
import static org.rapport.consent.fhir.TestConsents.actor;
import static org.rapport.consent.fhir.TestConsents.declaringPcf;
import static org.rapport.consent.fhir.TestConsents.deny;
import static org.rapport.consent.fhir.TestConsents.exceptDeny;
import static org.rapport.consent.fhir.TestConsents.exceptPermit;
import static org.rapport.consent.fhir.TestConsents.permit;
import static org.rapport.consent.fhir.TestConsents.purpose;
import static org.rapport.consent.fhir.TestUses.DR_A;
import static org.rapport.consent.fhir.TestUses.DR_B;
import static org.rapport.consent.fhir.TestUses.o1;
import static org.rapport.consent.fhir.TestUses.use;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.consent.ConsentDecision;
import org.rapport.consent.ImplicitPolicy;

/** The break-glass table of the security reference, as far as rules decide it without a server. */
class BreakGlassTableTest {

    @Test
    @DisplayName("BG-01: break-glass under a nested permit of BTG")
    void breakGlassPermitted() {
        var consent = declaringPcf(deny(exceptPermit(purpose("BTG").andThen(actor("Organization/h1")))));
        assertThat(decide(use(DR_A, "BTG", ImplicitPolicy.DENY), o1(), consent))
                .isEqualTo(new ConsentDecision.Permit(
                        "Consent/c1/_history/1 provision.provision[0]",
                        Set.of("Consent/c1/_history/1 provision.provision[0]")));
        assertDeny(use(DR_B, "BTG", ImplicitPolicy.ALL_NORMAL), o1(), consent);
    }

    @Test
    @DisplayName("BG-01: what the policy of the house permits, no consent is named for")
    void breakGlassPermittedByPolicy() {
        assertThat(decide(use(DR_A, "BTG", ImplicitPolicy.ALL_NORMAL), o1())
                        .fold(ConsentDecision.Permit::rules, deny -> Set.of("denied")))
                .isEmpty();
    }

    @Test
    @DisplayName("BG-05: a consent that denies BTG stays a denial, under either code")
    void breakGlassDenied() {
        var consent = permit(exceptDeny(purpose("BTG")));
        assertDeny(use(DR_A, "BTG", ImplicitPolicy.ALL_NORMAL), o1(), consent);
        assertDeny(use(DR_A, "ETREAT", ImplicitPolicy.ALL_NORMAL), o1(), consent);
    }
}
