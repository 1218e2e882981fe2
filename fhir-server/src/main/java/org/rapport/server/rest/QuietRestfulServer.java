package org.rapport.server.rest;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.RestfulServer;

/** HAPI's server, which keeps its name and version to itself. */
final class QuietRestfulServer extends RestfulServer {

    QuietRestfulServer(FhirContext fhir) {
        super(fhir);
    }

    @Override
    protected String createPoweredByHeader() {
        return "";
    }
}
