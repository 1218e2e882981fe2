package org.rapport.consent.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.consent.fhir.TestConsents.actor;
import static org.rapport.consent.fhir.TestConsents.always;
import static org.rapport.consent.fhir.TestConsents.deny;
import static org.rapport.consent.fhir.TestConsents.exceptDeny;
import static org.rapport.consent.fhir.TestConsents.label;
import static org.rapport.consent.fhir.TestConsents.permit;
import static org.rapport.consent.fhir.TestUses.DR_A;
import static org.rapport.consent.fhir.TestUses.DR_B;
import static org.rapport.consent.fhir.TestUses.NOW;
import static org.rapport.consent.fhir.TestUses.ZONE;
import static org.rapport.consent.fhir.TestUses.condition;
import static org.rapport.consent.fhir.TestUses.o1;
import static org.rapport.consent.fhir.TestUses.o2;
import static org.rapport.consent.fhir.TestUses.o4;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Consent;
import org.junit.jupiter.api.Test;
import org.rapport.consent.ConsentPreview;
import org.rapport.consent.ConsentPreview.Change;
import org.rapport.consent.ImplicitPolicy;
import org.rapport.consent.ProtectedResource;
import org.rapport.consent.RecordedConsent;
import org.rapport.consent.Use.House;

class ConsentPreviewTest {

    private static final List<ProtectedResource> RECORD = List.of(o1(), o2(), o4(), condition());

    private static ConsentPreview between(List<RecordedConsent> before, List<RecordedConsent> after) {
        return new ConsentPreview(NOW, new House(ImplicitPolicy.BASIC_NORMAL, ZONE), before, after);
    }

    private static List<RecordedConsent> onFile(Consent... consents) {
        return Stream.of(consents)
                .map(TestUses.consents()::read)
                .flatMap(Optional::stream)
                .toList();
    }

    @Test
    void countsByTypeWhatWouldBeLost() {
        assertThat(between(onFile(), onFile(deny(always()))).changes(DR_A, RECORD))
                .containsExactly(new Change("Condition", 0, 1), new Change("Observation", 0, 3));
    }

    @Test
    void countsByTypeWhatWouldBeGained() {
        assertThat(between(onFile(deny(always())), onFile()).changes(DR_A, RECORD))
                .containsExactly(new Change("Condition", 1, 0), new Change("Observation", 3, 0));
    }

    @Test
    void countsWhatIsLabelledAlone() {
        assertThat(between(onFile(), onFile(permit(exceptDeny(label("R"))))).changes(DR_A, RECORD))
                .containsExactly(new Change("Observation", 0, 2));
    }

    @Test
    void tellsRecipientsApart() {
        var preview = between(onFile(), onFile(permit(actor("Organization/h1"))));
        assertThat(preview.changes(DR_A, RECORD)).isEmpty();
        assertThat(preview.changes(DR_B, RECORD)).hasSize(2);
    }
}
