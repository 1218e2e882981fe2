package org.rapport.export.hapi;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.rapport.access.PublicOrigin;
import org.rapport.access.hapi.FhirProvider;
import org.rapport.export.ExportRefused;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;

/**
 * {@code Group/[id]/$export}, {@code Patient/$export} and, as another word for this, {@code $export}: takes the order of a system for the records of many patients.
 *
 * @see <a href="https://hl7.org/fhir/uv/bulkdata/STU2/export.html">Bulk Data Access 2.0</a>
 */
@FhirProvider
public final class ExportProvider {

    private static final int ACCEPTED = 202;

    private final ExportDesk desk;
    private final PublicOrigin origin;

    ExportProvider(ExportDesk desk, PublicOrigin origin) {
        this.desk = desk;
        this.origin = origin;
    }

    /** For the members of a group. */
    @Operation(name = "$export", typeName = "Group", idempotent = true, manualResponse = true)
    public void ofGroup(@IdParam IdType id, ServletRequestDetails request, HttpServletResponse response)
            throws IOException {
        start(Optional.of(id.getIdPart()), request, response);
    }

    /** For some patients, or for all within reach. */
    @Operation(name = "$export", typeName = "Patient", idempotent = true, manualResponse = true)
    public void ofPatients(ServletRequestDetails request, HttpServletResponse response) throws IOException {
        start(Optional.empty(), request, response);
    }

    /** For all patients within reach, too. */
    @Operation(name = "$export", idempotent = true, manualResponse = true)
    public void ofAll(ServletRequestDetails request, HttpServletResponse response) throws IOException {
        start(Optional.empty(), request, response);
    }

    private void start(Optional<String> group, ServletRequestDetails request, HttpServletResponse response)
            throws IOException {
        var kickOff = new KickOff(request);
        if (!kickOff.isAsync()) {
            throw new FailureException(Failure.invalid("Send the header Prefer: respond-async"));
        }
        var parameters = kickOff.parameters();
        try {
            var id = desk.take(parameters.order(group), request, url(request));
            response.setStatus(ACCEPTED);
            response.setHeader("Content-Location", ExportOutputProvider.statusUrl(origin, id));
            if (parameters.passesOver()) {
                tellOfWhatIsPassedOver(response);
            }
        } catch (ExportRefused e) {
            throw new FailureException(e.failure());
        }
    }

    private String url(ServletRequestDetails request) {
        var query = request.getServletRequest().getQueryString();
        return origin.fhirBase() + "/" + request.getRequestPath() + (query == null ? "" : "?" + query);
    }

    private static void tellOfWhatIsPassedOver(HttpServletResponse response) throws IOException {
        var outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(IssueSeverity.WARNING)
                .setCode(IssueType.NOTSUPPORTED)
                .setDiagnostics("What is not supported among the parameters is passed over");
        response.setContentType("application/fhir+json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(FhirContext.forR4Cached().newJsonParser().encodeResourceToString(outcome));
    }
}
