package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.rapport.harness.DeviceClient;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;
import org.rapport.server.cli.PersonToken;

/**
 * A device that is registered for a patient and may log in.
 *
 * @param credential user name, which is its logical id, and password
 */
record NewDevice(SharedServer product, JsonNode credential) {

    /** Registers a device of that name for the patient with that logical id. */
    static NewDevice of(String patient, String name, SharedServer product) {
        var created = product.session("demo-backend").post("Device", """
                {"resourceType":"Device","patient":{"reference":"Patient/%s"},
                 "deviceName":[{"name":"%s","type":"user-friendly-name"}]}""".formatted(patient, name));
        var id = FhirSession.json(created).path("id").asText();
        var server = product.server();
        var admin = new PersonToken(server.plan().dataDirectory(), "admin", "demo-app", "openid rapport/admin");
        var issued =
                new PageVisit(server.origin()).send("POST", "/admin/api/devices/" + id + "/credential", admin.get());
        assertThat(issued.statusCode()).as(issued.body()).isEqualTo(201);
        return new NewDevice(product, FhirSession.json(issued));
    }

    String id() {
        return credential.path("username").asText();
    }

    DeviceClient connect() {
        return DeviceClient.connect(product.server(), credential);
    }
}
