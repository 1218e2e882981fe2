package org.rapport.harness.audit;

import java.util.Set;

/** Where the audit log holds less than one row for each request and patient, by decisions that are published. */
final class Published {

    /** What the server can do and where to sign in: asked before a token is there, and nobody's data (guide, audit record). */
    private static final Set<String> NOT_AUDITED = Set.of("metadata", ".well-known/smart-configuration");

    /**
     * A file of an export: its patients have rows of disclosure under the id of the request for the export, written when the
     * file was; each fetch has one row that names none (decision 18).
     */
    private static final Set<String> RECORDED_BEFORE = Set.of("Patient/$export-file");

    private Published() {}

    static boolean leavesOut(Exchange exchange) {
        return exchange.succeeded() && NOT_AUDITED.contains(exchange.line().path());
    }

    static boolean leavesOutPatients(Exchange exchange) {
        return RECORDED_BEFORE.contains(exchange.line().path());
    }
}
