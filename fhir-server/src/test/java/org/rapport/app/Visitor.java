package org.rapport.app;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.openqa.selenium.By;
import org.rapport.browser.Chromium;
import org.rapport.factor.Totp;
import org.rapport.factor.TotpSecret;
import org.rapport.harness.DemoCredentials;
import org.rapport.harness.FhirSession;
import org.rapport.harness.Server;

/** A person of the demo world in front of a browser. */
record Visitor(Chromium browser, Server server) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Fills in the sign-in page and, where it follows, the page that asks for a code. */
    void signIn(String user) {
        var known = DemoCredentials.of(server.plan().dataDirectory()).user(user);
        browser.type("username", user).type("password", known.path("password").asText());
        browser.send("Sign in");
        if (known.hasNonNull("totpSecret")) {
            enterCode(TotpSecret.ofBase32(known.path("totpSecret").asText()));
        }
    }

    /** A code that was used elsewhere within its time is refused; the codes of the neighbouring steps are good too. */
    private void enterCode(TotpSecret secret) {
        for (long step : new Totp(Clock.systemUTC()).steps()) {
            if (browser.path().startsWith("/login")) {
                browser.type("code", Totp.code(secret, step));
                browser.send(By.cssSelector("form button"));
            }
        }
    }

    /** What the app shows on its page once it has read. */
    JsonNode answer(URI page) {
        await().atMost(PATIENCE).until(() -> browser.driver().getCurrentUrl().startsWith(page.toString()));
        await().atMost(PATIENCE).until(() -> !shown().isEmpty());
        return FhirSession.parsed(shown());
    }

    private String shown() {
        return browser.driver().findElement(By.id("answer")).getText();
    }
}
