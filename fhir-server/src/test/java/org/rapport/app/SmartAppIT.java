package org.rapport.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.browser.Chromium;
import org.rapport.harness.SharedServer;

/** The SMART JavaScript client as it is published, in a real browser, on an origin of its own. */
@DisplayName("An unmodified SMART app")
class SmartAppIT {

    private static final String SCOPES = "patient/Patient.rs patient/Observation.rs";

    @RegisterExtension
    static final SharedServer PRODUCT = new SharedServer();

    private static AppSite site;
    private static Administrator administrator;

    @BeforeAll
    static void registerTheApps() {
        site = AppSite.open();
        administrator = new Administrator(PRODUCT.server());
        administrator.register(app("smart-public", "public"));
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @Test
    void launchesByItselfAndReadsThePatientsRecord() {
        site.use(settings("smart-public", "openid fhirUser launch/patient " + SCOPES));

        var answer = launched(site.address("launch.html"), "alice");

        assertThat(answer.path("patient").asText()).isEqualTo("alice");
        assertThat(answer.path("fhirUser").asText()).isEqualTo("Patient/alice");
        assertThat(answer.path("codes").path(0).asText()).isEqualTo("8867-4");
        assertThat(answer.path("count").asInt()).isPositive();
        assertThat(answer.path("scope").asText().split(" ")).contains("patient/Patient.rs", "patient/Observation.rs");
    }

    @Test
    void launchesFromAnEhrWithItsContext() {
        site.use(settings("smart-public", "openid fhirUser launch " + SCOPES));
        var launch = administrator.launchFromEhr(
                "dr-adams",
                Map.of(
                        "client_id", "smart-public",
                        "patient", "alice",
                        "intent", "summary",
                        "need_patient_banner", false));

        var answer = launched(site.address("launch.html?" + launch), "dr-adams");

        assertThat(answer.path("patient").asText()).isEqualTo("alice");
        assertThat(answer.path("fhirUser").asText()).isEqualTo("Practitioner/dr-adams");
        assertThat(answer.path("intent").asText()).isEqualTo("summary");
        assertThat(answer.path("banner").asBoolean(true)).isFalse();
        assertThat(answer.path("count").asInt()).isPositive();
    }

    @Test
    void launchesWithASecretOfItsOwn() {
        var secret = administrator.register(app("smart-confidential", "confidential"));
        var settings = settings("smart-confidential", "openid fhirUser launch/patient " + SCOPES);
        settings.put("clientSecret", secret);
        site.use(settings);

        var answer = launched(site.address("launch.html"), "bob");

        assertThat(answer.path("patient").asText()).isEqualTo("bob");
        assertThat(answer.path("fhirUser").asText()).isEqualTo("Patient/bob");
    }

    private static JsonNode launched(String address, String user) {
        try (var browser = Chromium.start()) {
            var visitor = new Visitor(browser, PRODUCT.server());
            browser.open(address);
            visitor.signIn(user);
            browser.press("Allow");
            return visitor.answer(URI.create(site.address("index.html")));
        }
    }

    private static Map<String, Object> app(String clientId, String type) {
        return Map.of(
                "clientId",
                clientId,
                "type",
                type,
                "name",
                "A SMART app",
                "redirectUris",
                List.of(site.address("index.html")),
                "scopes",
                List.of("openid", "fhirUser", "launch", "launch/patient", "patient/*.rs"));
    }

    private static Map<String, String> settings(String clientId, String scope) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("clientId", clientId);
        settings.put("scope", scope);
        settings.put("redirectUri", site.address("index.html"));
        settings.put("server", PRODUCT.server().origin() + "/fhir");
        return settings;
    }
}
