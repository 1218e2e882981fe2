package org.rapport.verification.hapi;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.rapport.access.hapi.FhirProvider;
import org.rapport.audit.hapi.Trails;
import org.rapport.checkpoint.Reseals;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.rapport.verification.ChainVerifier;
import org.rapport.verification.ChainVerifier.Span;
import org.rapport.verification.Finding;
import org.rapport.verification.Seam;
import org.rapport.verification.Verification;

/**
 * The operations on AuditEvent that prove the audit log.
 *
 * <p>What takes longer than twenty seconds is done in pieces: an answer that is not {@code complete} names the place from
 * which the next request goes on.
 */
@FhirProvider
public final class VerificationProvider {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int LONGEST_REASON = 200;

    private final ChainVerifier verifier;
    private final Reseals reseals;
    private final Clock clock;

    VerificationProvider(ChainVerifier verifier, Reseals reseals, Clock clock) {
        this.verifier = verifier;
        this.reseals = reseals;
        this.clock = clock;
    }

    /**
     * Verifies the chain: all of it, what was recorded between {@code start} and {@code end}, or from the place
     * {@code from} on.
     */
    @Operation(name = "$verify", typeName = "AuditEvent")
    public Parameters verify(@ResourceParam @Nullable Parameters parameters) {
        var until = clock.instant().plus(PATIENCE);
        return answer(verifier.verify(
                span(parameters == null ? new Parameters() : parameters),
                () -> clock.instant().isBefore(until)));
    }

    /**
     * States that the database was restored from a backup, for a {@code reason}, and that the chain goes on from its last
     * row.
     */
    @Operation(name = "$reseal", typeName = "AuditEvent")
    public Parameters reseal(@ResourceParam @Nullable Parameters parameters, RequestDetails request) {
        var reason = Optional.ofNullable(parameters)
                .flatMap(given -> text(given, "reason"))
                .filter(text -> !text.isBlank() && text.length() <= LONGEST_REASON)
                .orElseThrow(() -> new FailureException(Failure.invalid(
                        "Expected a reason of at most 200 characters; say why the backup was restored")));
        return new Parameters().addParameter("count", number(reseals.reseal(reason, Trails.agent(request))));
    }

    private Span span(Parameters parameters) {
        try {
            var range = new DateRangeParam(
                    text(parameters, "start").orElse(null),
                    text(parameters, "end").orElse(null));
            var span = verifier.span(
                    Optional.ofNullable(range.getLowerBoundAsInstant()).map(Date::toInstant),
                    Optional.ofNullable(range.getUpperBoundAsInstant()).map(Date::toInstant));
            long from = text(parameters, "from").map(Long::parseLong).orElse(1L);
            return new Span(Math.max(from, span.from()), span.until());
        } catch (DataFormatException | InvalidRequestException | NumberFormatException e) {
            throw new FailureException(Failure.invalid("Expected start and end as dates and from as a number"));
        }
    }

    private static Optional<String> text(Parameters parameters, String name) {
        return Optional.ofNullable(parameters.getParameter(name))
                .filter(parameter -> parameter.hasValue())
                .map(parameter -> parameter.getValue().primitiveValue());
    }

    private static Parameters answer(Verification result) {
        var answer = new Parameters()
                .addParameter("valid", new BooleanType(result.valid()))
                .addParameter("complete", new BooleanType(result.next().isEmpty()))
                .addParameter("checked", number(result.checked()))
                .addParameter("checkpoints", number(result.checkpoints()));
        result.next().ifPresent(next -> answer.addParameter("next", number(next)));
        result.firstBroken().ifPresent(finding -> answer.addParameter("firstBroken", number(finding.from())));
        result.findings().forEach(finding -> add(answer, finding));
        result.seams().forEach(seam -> add(answer, seam));
        return answer;
    }

    private static void add(Parameters answer, Finding finding) {
        var part = answer.addParameter().setName("finding");
        part.addPart()
                .setName("kind")
                .setValue(new StringType(
                        finding.kind().name().toLowerCase(Locale.ROOT).replace('_', '-')));
        part.addPart().setName("from").setValue(number(finding.from()));
        part.addPart().setName("to").setValue(number(finding.to()));
        part.addPart().setName("text").setValue(new StringType(finding.text()));
    }

    private static void add(Parameters answer, Seam seam) {
        var part = answer.addParameter().setName("seam");
        part.addPart().setName("after").setValue(number(seam.after()));
        part.addPart().setName("lost").setValue(number(seam.lost()));
        part.addPart().setName("time").setValue(new StringType(seam.time().toString()));
        part.addPart().setName("note").setValue(new StringType(seam.note()));
    }

    /** Beyond two thousand million FHIR has no number. */
    private static IntegerType number(long value) {
        return new IntegerType((int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value)));
    }
}
