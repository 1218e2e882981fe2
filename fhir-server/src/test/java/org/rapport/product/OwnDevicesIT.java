package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.DemoCredentials;
import org.rapport.harness.SharedServer;

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

    private static String end(PageVisit visit, String device) {
        return visit.post(
                        "/account/devices/end",
                        Map.of("_csrf", PageVisit.formToken(visit.get("/account")), "device", device))
                .body();
    }

    @Test
    void showsOwnDevicesThatMayLogInAndDisconnectsThemForTheirOwnerOnly() {
        var name = "Scale " + UUID.randomUUID();
        var device = NewDevice.of("bob", name, PRODUCT).id();
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
