package org.rapport.export.hapi;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.rapport.access.PublicOrigin;
import org.rapport.access.hapi.FhirProvider;
import org.rapport.audit.AuditLog;
import org.rapport.audit.Entity;
import org.rapport.audit.Interaction;
import org.rapport.audit.hapi.Trails;
import org.rapport.export.ExportOutput;
import org.rapport.export.ExportOutput.OutputFile;
import org.rapport.export.ExportStatus;
import org.rapport.export.Requester;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * {@code Patient/$export-status} and {@code Patient/$export-file}: what has become of an export, and its files, for the
 * client that asked for it. To everybody else there is no such export.
 */
@FhirProvider
public final class ExportOutputProvider {

    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final Entity PATIENTS =
            new Entity(Optional.of("Patient"), Optional.empty(), Optional.empty(), Optional.empty());

    private final ExportOutput output;
    private final ExportDesk.Rights rights;
    private final AuditLog log;
    private final TransactionOperations transaction;
    private final PublicOrigin origin;

    ExportOutputProvider(
            ExportOutput output,
            ExportDesk.Rights rights,
            AuditLog log,
            TransactionOperations transaction,
            PublicOrigin origin) {
        this.output = output;
        this.rights = rights;
        this.log = log;
        this.transaction = transaction;
        this.origin = origin;
    }

    static String statusUrl(PublicOrigin origin, UUID id) {
        return origin.fhirBase() + "/Patient/$export-status?job=" + id;
    }

    /** Answers with the manifest, or that there is none yet; a DELETE takes the export back. */
    @Operation(
            name = "$export-status",
            typeName = "Patient",
            idempotent = true,
            deleteEnabled = true,
            manualResponse = true)
    public void status(ServletRequestDetails request, HttpServletResponse response) throws IOException {
        var id = job(request);
        var client = rights.requests().caller(request).clientId();
        if (request.getRequestType() == RequestTypeEnum.DELETE) {
            delete(id, client, request);
            response.setStatus(ACCEPTED);
            return;
        }
        var status = output.status(id, client).orElseThrow(() -> new FailureException(Failure.NOT_FOUND));
        if (status instanceof ExportStatus.Running running) {
            response.setStatus(ACCEPTED);
            response.setHeader("X-Progress", running.percent() + " %");
            response.setHeader("Retry-After", "1");
        } else if (status instanceof ExportStatus.Failed failed) {
            throw new FailureException(failed.failure());
        } else {
            record(request, OK);
            Trails.of(request).settle();
            answer((ExportStatus.Done) status, id, response);
        }
    }

    private void answer(ExportStatus.Done done, UUID id, HttpServletResponse response) throws IOException {
        response.setStatus(OK);
        response.setHeader(
                "Expires",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(done.expires().atOffset(ZoneOffset.UTC)));
        response.setContentType("application/json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(new Manifest(origin, id).json(done, output.files(id)));
    }

    private void delete(UUID id, String client, ServletRequestDetails request) {
        transaction.executeWithoutResult(status -> {
            if (!output.delete(id, client)) {
                throw new FailureException(Failure.NOT_FOUND);
            }
            record(request, ACCEPTED);
        });
        Trails.of(request).settle();
    }

    /** Hands out what of a file the client may take now; who takes it stands in the log before the first byte leaves. */
    @Operation(name = "$export-file", typeName = "Patient", idempotent = true, manualResponse = true)
    public void file(ServletRequestDetails request, HttpServletResponse response) throws IOException {
        var id = job(request);
        var caller = rights.requests().caller(request);
        var wanted = wanted(request);
        var parts = output.parts(id, caller.clientId(), wanted);
        if (parts.isEmpty()) {
            throw new FailureException(Failure.NOT_FOUND);
        }
        var taker = Requester.of(
                        caller, Trails.agent(request), Trails.of(request).request())
                .caller();
        if (!rights.exports().of(taker).reaches(wanted.type())) {
            throw new FailureException(Failure.SCOPE_MISSING);
        }
        record(request, OK);
        Trails.of(request).settle();
        var body = body(request, response);
        for (var part : parts) {
            var content = output.part(id, part).orElseThrow(() -> new FailureException(Failure.NOT_FOUND));
            body.write(new StillOpen(rights.exports().of(taker)).of(content));
        }
        body.close();
    }

    /** It is closed only when all is written, so that what breaks off does not look whole. */
    private static OutputStream body(ServletRequestDetails request, HttpServletResponse response) throws IOException {
        boolean packed = Optional.ofNullable(request.getHeader("Accept-Encoding"))
                .orElse("")
                .contains("gzip");
        response.setStatus(OK);
        response.setContentType("application/fhir+ndjson");
        response.setHeader("Vary", "Accept-Encoding");
        if (!packed) {
            return response.getOutputStream();
        }
        response.setHeader("Content-Encoding", "gzip");
        return new GZIPOutputStream(response.getOutputStream());
    }

    private void record(ServletRequestDetails request, int status) {
        log.append(
                Trails.of(request).entries(Trails.agent(request), Interaction.OPERATION, status, PATIENTS, Set.of()));
    }

    private static UUID job(ServletRequestDetails request) {
        try {
            return UUID.fromString(text(request, "job"));
        } catch (IllegalArgumentException e) {
            throw new FailureException(Failure.NOT_FOUND);
        }
    }

    private static OutputFile wanted(ServletRequestDetails request) {
        try {
            return new OutputFile(text(request, "type"), Integer.parseInt(text(request, "file")));
        } catch (NumberFormatException e) {
            throw new FailureException(Failure.NOT_FOUND);
        }
    }

    private static String text(ServletRequestDetails request, String name) {
        var values = request.getParameters().get(name);
        return values == null || values.length == 0 ? "" : values[0];
    }
}
