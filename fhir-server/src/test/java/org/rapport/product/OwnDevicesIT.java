package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.DemoCredentials;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;
import org.rapport.server.cli.PersonToken;

@DisplayName("The account page")
class OwnDevicesIT {

    @RegisterExtension
    static final SharedServer PRODUCT = new SharedServer();

    private static PageVisit signedIn(String username) {
        var server = PRODUCT.server();
        var person = DemoCredentials.of(server.plan().dataDirectory()).user(username);
        var visit = new PageVisit(server.origin());
        visit.post(
                "/login",
                Map.of(
                        "_csrf", PageVisit.formToken(visit.get("/login")),
                        "username", username,
                        "password", person.path("password").asText()));
        return visit;
    }

    private static String newDevice(String name) {
        var created = PRODUCT.session("demo-backend").post("Device", """
                {"resourceType":"Device","patient":{"reference":"Patient/bob"},
                 "deviceName":[{"name":"%s","type":"user-friendly-name"}]}""".formatted(name));
        var id = FhirSession.json(created).path("id").asText();
        var admin =
                new PersonToken(PRODUCT.server().plan().dataDirectory(), "admin", "demo-app", "openid rapport/admin");
        var issued = new PageVisit(PRODUCT.server().origin())
                .send("POST", "/admin/api/devices/" + id + "/credential", admin.get());
        assertThat(issued.statusCode()).as(issued.body()).isEqualTo(201);
        return id;
    }

    private static String end(PageVisit visit, String device) {
        return visit.post(
                        "/account/devices/end",
                        Map.of("_csrf", PageVisit.formToken(visit.get("/account")), "device", device))
                .body();
    }

    @Test
    void showsOwnDevicesThatMayLogInAndDisconnectsThemForTheirOwnerOnly() {
        var name = "Scale " + UUID.randomUUID();
        var device = newDevice(name);
        var owner = signedIn("bob");
        var other = signedIn("alice");
        assertThat(owner.get("/account").body()).contains(name);
        assertThat(other.get("/account").body()).contains("Blood pressure cuff").doesNotContain(name);

        assertThat(end(other, device)).contains("There was nothing left to end");
        assertThat(owner.get("/account").body()).contains(name);
        assertThat(end(owner, device)).contains("The device is disconnected").doesNotContain(name);
        assertThat(end(owner, device)).contains("There was nothing left to end");
    }
}
