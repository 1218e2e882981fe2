package org.rapport.consent.hapi;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.rapport.access.Consents.Stage;
import org.rapport.access.hapi.FhirProvider;
import org.rapport.access.hapi.OperationAccess;
import org.rapport.consent.ConsentPreview;
import org.rapport.consent.ConsentPreview.Change;
import org.rapport.consent.RecordedConsent;
import org.rapport.consent.Use.Recipient;
import org.rapport.consent.hapi.ConsentsOnFile.Ground;
import org.rapport.consent.hapi.StoredConsents.OnFile;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;

/**
 * {@code Consent/$preview}: who of those who treat the patient would gain or lose access to how much of the record, were the
 * Consent stored as it is sent. Nothing is stored.
 */
@FhirProvider
public final class PreviewProvider {

    private final Ground ground;
    private final StoredRecord record;
    private final OperationAccess access;
    private final Clock clock;

    PreviewProvider(Ground ground, StoredRecord record, OperationAccess access, Clock clock) {
        this.ground = ground;
        this.record = record;
        this.access = access;
        this.clock = clock;
    }

    /** For the patient, who acts for the patient, and privacy officers. */
    @Operation(name = "$preview", typeName = "Consent")
    public Parameters preview(@ResourceParam @Nullable Parameters input, RequestDetails request) {
        var consent = consent(input);
        var patient = record.references()
                .of(consent.getPatient())
                .map(IdType::new)
                .filter(id -> "Patient".equals(id.getResourceType()) && id.isIdPartValid())
                .orElseThrow(() -> new FailureException(Failure.invalid("Name the patient of the Consent")));
        access.requireOnNew(request, consent);
        var moment = ground.kept().now(Stage.READING);
        var onFile = Optional.ofNullable(
                        ground.kept().of(Set.of(patient.getIdPart()), moment).get(patient.getIdPart()))
                .orElseThrow();
        var preview = new ConsentPreview(clock.instant(), ground.house(), onFile.consents(), with(consent, onFile));
        var resources = record.of(patient.getIdPart()).stream()
                .filter(resource -> access.mayKnow(request, resource))
                .map((Resource resource) -> ground.reader().read(resource, Set.of(onFile.person())))
                .toList();
        var answer = new Parameters();
        for (var user : record.treating(patient.getIdPart())) {
            var recipient = new Recipient(ground.kept().belongingsOf(user, moment), true, Set.of(), Set.of());
            preview.changes(recipient, resources).forEach(change -> add(answer, user, change));
        }
        return answer;
    }

    private static Consent consent(@Nullable Parameters input) {
        return Stream.ofNullable(input)
                .flatMap(parameters -> parameters.getParameter().stream())
                .filter(parameter -> "consent".equals(parameter.getName()))
                .map(Parameters.ParametersParameterComponent::getResource)
                .filter(Consent.class::isInstance)
                .map(Consent.class::cast)
                .findFirst()
                .orElseThrow(() -> new FailureException(Failure.invalid("Send a Consent as the parameter consent")));
    }

    /** It takes the place of the stored one with its id; one that is not active takes it away. */
    private List<RecordedConsent> with(Consent consent, OnFile onFile) {
        var replaced = "Consent/" + consent.getIdElement().getIdPart();
        var others = onFile.consents().stream()
                .filter(other -> !new IdType(other.reference())
                        .toUnqualifiedVersionless()
                        .getValue()
                        .equals(replaced));
        return Stream.concat(others, ground.kept().read(consent).stream()).toList();
    }

    private static void add(Parameters answer, String user, Change change) {
        var parameter = answer.addParameter().setName("change");
        parameter.addPart().setName("who").setValue(new Reference(user));
        parameter.addPart().setName("type").setValue(new CodeType(change.type()));
        parameter.addPart().setName("gained").setValue(new IntegerType(change.gained()));
        parameter.addPart().setName("lost").setValue(new IntegerType(change.lost()));
    }
}
