package org.rapport.gate.hapi;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import org.hl7.fhir.instance.model.api.IBaseConformance;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestSecurityComponent;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.UriType;
import org.rapport.access.PublicOrigin;

/**
 * Says in the CapabilityStatement where tokens come from, for clients that look there and not at {@code
 * .well-known/smart-configuration}.
 *
 * @see <a href="https://hl7.org/fhir/smart-app-launch/STU2.2/conformance.html">SMART conformance</a>
 */
@Interceptor
class CapabilityInterceptor {

    private static final String SERVICES = "http://terminology.hl7.org/CodeSystem/restful-security-service";
    private static final String OAUTH_URIS = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris";

    private final PublicOrigin origin;

    CapabilityInterceptor(PublicOrigin origin) {
        this.origin = origin;
    }

    /** Replaces what the statement says of security. */
    @Hook(Pointcut.SERVER_CAPABILITY_STATEMENT_GENERATED)
    public void tellOfTokens(IBaseConformance statement) {
        if (statement instanceof CapabilityStatement capabilities) {
            capabilities.getRest().forEach(rest -> rest.setSecurity(security()));
        }
    }

    private CapabilityStatementRestSecurityComponent security() {
        var security = new CapabilityStatementRestSecurityComponent();
        security.addService()
                .addCoding()
                .setSystem(SERVICES)
                .setCode("SMART-on-FHIR")
                .setDisplay("SMART-on-FHIR");
        security.setDescription("OAuth 2 as in SMART App Launch 2.2; every request carries a bearer token");
        var uris = security.addExtension().setUrl(OAUTH_URIS);
        uris.addExtension(endpoint("authorize"));
        uris.addExtension(endpoint("token"));
        uris.addExtension(endpoint("introspect"));
        uris.addExtension(endpoint("revoke"));
        uris.addExtension(endpoint("register"));
        return security;
    }

    private Extension endpoint(String name) {
        return new Extension(name, new UriType(origin.baseUrl() + "/oauth2/" + name));
    }
}
