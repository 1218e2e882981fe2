package org.rapport.benchmarks.workload;

/**
 * One request to a FHIR server.
 *
 * @param method HTTP method
 * @param path below the FHIR base, with the query
 * @param body as FHIR JSON; empty for none
 */
public record Request(String method, String path, String body) {

    static Request get(String path) {
        return new Request("GET", path, "");
    }

    static Request post(String path, String body) {
        return new Request("POST", path, body);
    }
}
