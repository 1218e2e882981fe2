package org.rapport.policy.hapi;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;
import org.rapport.access.hapi.FhirProvider;
import org.rapport.audit.hapi.Trails;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.rapport.policy.Languages;
import org.rapport.policy.PolicyName;
import org.rapport.policy.PolicyTexts;
import org.rapport.policy.Publication;
import org.rapport.policy.PublishedVersion;
import org.rapport.policy.PublishedVersion.Wording;
import org.rapport.policy.fhir.PolicyDocument;
import org.rapport.policy.fhir.SentDraft;

/** The operations on Consent that publish what policies say, and tell it. */
@FhirProvider
public final class PolicyProvider {

    private final PolicyTexts texts;
    private final Clock clock;

    PolicyProvider(PolicyTexts texts, Clock clock) {
        this.texts = texts;
        this.clock = clock;
    }

    /** {@code $publish-policy}: a version of a policy in one language or several, for administrators and privacy officers. */
    @Operation(name = "$publish-policy", typeName = "Consent")
    public Parameters publish(@ResourceParam @Nullable Parameters sent, RequestDetails request) {
        var parameters = sent == null ? new Parameters() : sent;
        var draft = SentDraft.of(parameters);
        SentDraft.fault(parameters).or(draft::fault).ifPresent(fault -> {
            throw new FailureException(Failure.invalid(fault));
        });
        var publication = texts.publish(draft, Trails.agent(request));
        if (publication instanceof Publication.Published published) {
            return told(published.version());
        }
        throw new FailureException(Failure.of(
                409,
                "conflict",
                "This version is published with another " + ((Publication.Different) publication).what()
                        + ", and what is published is never changed. Publish the change as a new version"));
    }

    private static Parameters told(PublishedVersion version) {
        var answer = new Parameters();
        answer.addParameter("policy", new UriType(version.name().toString()));
        version.texts().forEach(text -> {
            var parameter = answer.addParameter().setName("text");
            parameter.addPart().setName("language").setValue(new CodeType(text.language()));
            parameter.addPart().setName("sha256").setValue(new StringType(text.sha256()));
        });
        return answer;
    }

    /**
     * {@code $policy-text}: what a policy says, for everybody who is signed in.
     *
     * @param uri of the policy; a version may follow as in {@code uri|version}
     * @param version the one in force when neither names one
     * @param language of the text; what {@code Accept-Language} asks for when it is not there, else the first by its tag
     * @param sha256 of the text, as a Provenance names it; it takes the place of a language, and finds a version too
     */
    @Operation(name = "$policy-text", typeName = "Consent", idempotent = true)
    public DocumentReference text(
            @OperationParam(name = "uri", min = 1, max = 1) @Nullable StringType uri,
            @OperationParam(name = "version", max = 1) @Nullable StringType version,
            @OperationParam(name = "language", max = 1) @Nullable StringType language,
            @OperationParam(name = "sha256", max = 1) @Nullable StringType sha256,
            RequestDetails request) {
        var name = PolicyName.of(
                given(uri).orElseThrow(() -> new FailureException(Failure.invalid("Name the policy by its uri"))));
        var history = texts.history(name.uri());
        var named = given(version).or(name::version);
        var found = given(sha256)
                .filter(hash -> named.isEmpty())
                .map(history::holding)
                .orElseGet(() -> history.find(named, clock.instant()))
                .orElseThrow(() -> unknown("No such version of this policy is published"));
        var wording = given(sha256)
                .map(hash -> byHash(found, hash))
                .orElseGet(() -> given(language)
                        .map(wanted -> byLanguage(found, wanted))
                        .orElseGet(() -> accepted(found, request)));
        var text = texts.text(found.name(), wording.language()).orElseThrow();
        return new PolicyDocument(found, text).document();
    }

    private static Optional<String> given(@Nullable StringType parameter) {
        return Optional.ofNullable(parameter).map(StringType::getValue).filter(value -> !value.isEmpty());
    }

    private static Wording byHash(PublishedVersion version, String hash) {
        return version.texts().stream()
                .filter(text -> text.sha256().equalsIgnoreCase(hash))
                .findFirst()
                .orElseThrow(() -> unknown("No text of this version has that hash"));
    }

    private static Wording byLanguage(PublishedVersion version, String wanted) {
        return Languages.best(wanted, version.texts(), Wording::language)
                .orElseThrow(() -> unknown("This version has texts in "
                        + version.texts().stream().map(Wording::language).collect(Collectors.joining(", "))));
    }

    private static Wording accepted(PublishedVersion version, RequestDetails request) {
        return Optional.ofNullable(request.getHeader("Accept-Language"))
                .flatMap(wanted -> Languages.best(wanted, version.texts(), Wording::language))
                .orElseGet(() -> version.texts().get(0));
    }

    private static FailureException unknown(String what) {
        return new FailureException(Failure.of(404, "not-found", what));
    }
}
