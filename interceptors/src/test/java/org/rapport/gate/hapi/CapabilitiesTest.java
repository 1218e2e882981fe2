package org.rapport.gate.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.testing.RunningServer.FHIR;
import static org.rapport.testing.RunningServer.request;
import static org.rapport.testing.RunningServer.send;

import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.Extension;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {

    @Test
    void tellWhereTokensComeFrom() {
        var security = FHIR.newJsonParser()
                .parseResource(
                        CapabilityStatement.class,
                        send(request("/fhir/metadata")).body())
                .getRestFirstRep()
                .getSecurity();
        assertThat(security.getServiceFirstRep()
                        .hasCoding("http://terminology.hl7.org/CodeSystem/restful-security-service", "SMART-on-FHIR"))
                .isTrue();
        var uris = security
                .getExtensionByUrl("http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris")
                .getExtension()
                .stream()
                .collect(Collectors.toMap(
                        Extension::getUrl, extension -> extension.getValue().primitiveValue()));
        assertThat(uris)
                .containsEntry("authorize", "http://127.0.0.1/oauth2/authorize")
                .containsEntry("token", "http://127.0.0.1/oauth2/token")
                .containsEntry("introspect", "http://127.0.0.1/oauth2/introspect")
                .containsEntry("revoke", "http://127.0.0.1/oauth2/revoke")
                .containsEntry("register", "http://127.0.0.1/oauth2/register")
                .hasSize(5);
    }
}
