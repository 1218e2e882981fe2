package org.rapport.accessibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;
import org.rapport.account.Accounts;
import org.rapport.account.NewAccount;
import org.rapport.account.Role;
import org.rapport.browser.Chromium;
import org.rapport.factor.Totp;
import org.rapport.factor.TotpFactors;
import org.rapport.factor.TotpSecret;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;

class KeyboardTest {

    private static final TestServer SERVER = TestServer.shared();

    @Test
    void signsInGivesAFactorChoosesAPatientAndRefusesTheApp() {
        var username = "keys-" + UUID.randomUUID();
        var app = TotpSecret.random(new SecureRandom());
        SERVER.bean(Accounts.class)
                .createIfAbsent(new NewAccount(
                        username, TestWorld.PASSWORD, "Dr", "Practitioner/dr-adams", Set.of(Role.CLINICIAN)));
        SERVER.bean(TotpFactors.class).addIfNone(username, "Phone", app);
        try (var chromium = Chromium.start()) {
            chromium.open(AuthorizationCodeFlow.at(SERVER.url()).address());

            keys(chromium, username, Keys.TAB, TestWorld.PASSWORD, Keys.ENTER);
            await().until(() -> chromium.path().equals("/login/factor"));
            keys(chromium, Totp.code(app, new Totp(Clock.systemUTC()).steps().get(0)), Keys.ENTER);
            await().until(() -> chromium.path().equals("/oauth2/consent"));
            keys(chromium, Keys.TAB, Keys.TAB, Keys.TAB, Keys.ENTER);
            await().untilAsserted(() -> assertThat(chromium.text()).contains("Alice", "Deny"));
            tabTo(chromium, "deny");
            keys(chromium, Keys.SPACE);

            await().until(() -> chromium.driver().getCurrentUrl().contains("error=access_denied"));
        }
    }

    private static void tabTo(Chromium chromium, String control) {
        for (int i = 0; i < 50 && !control.equals(focused(chromium)); i++) {
            keys(chromium, Keys.TAB);
        }
        assertThat(focused(chromium)).isEqualTo(control);
    }

    private static String focused(Chromium chromium) {
        return String.valueOf(chromium.driver().executeScript("return document.activeElement.name"));
    }

    private static void keys(Chromium chromium, CharSequence... keys) {
        new Actions(chromium.driver()).sendKeys(keys).perform();
    }
}
