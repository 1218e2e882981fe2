package org.rapport.factor.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.rapport.account.Role;
import org.rapport.factor.TotpSecret;
import org.rapport.smart.Browser;
import org.rapport.smart.LogLines;
import org.rapport.smart.TestServer;

class FactorsInLogsTest {

    private static final TestServer SERVER = TestServer.shared();
    private static final Pattern KEY = Pattern.compile("<p class=\"secret\"><code>([A-Z2-7 ]+)</code>");
    private static final Pattern CODE = Pattern.compile("<li><code>([A-Z0-9-]{29})</code></li>");

    private final Browser browser = new Browser(SERVER.url());
    private final List<String> secrets = new ArrayList<>();

    private TotpSecret shown(Response page) {
        var key = KEY.matcher(page.asString());
        assertThat(key.find()).isTrue();
        var secret = TotpSecret.ofBase32(key.group(1));
        secrets.add(key.group(1));
        secrets.add(secret.base32());
        return secret;
    }

    private String recoveryCode(Response page) {
        var codes = CODE.matcher(page.asString())
                .results()
                .map(found -> found.group(1))
                .toList();
        codes.forEach(this::noteRecoveryCode);
        return codes.get(0);
    }

    private void noteRecoveryCode(String code) {
        secrets.add(code);
        secrets.add(code.replace("-", ""));
    }

    @Test
    void areNeverWrittenAtAnyLevel() {
        var person = FactorTestPerson.with(SERVER, Role.ADMIN);
        try (var lines = LogLines.all()) {
            var enrolment = person.password(browser);
            var secret = shown(enrolment);
            var codes = new ArrayList<String>();
            codes.add(FactorTestPerson.code(secret, 0));
            var recovery = recoveryCode(browser.send(enrolment, Map.of("name", "Phone", "code", codes.get(0))));
            var renewed = browser.post(
                    "/account/factors/recovery-codes", Browser.hidden(browser.open("/account/factors")), Map.of());
            recoveryCode(renewed);

            var next = new Browser(SERVER.url());
            var page = person.password(next);
            next.send(page, Map.of("recovery", recovery));
            codes.add("735197");
            next.send(page, Map.of("code", codes.get(1)));
            codes.add(FactorTestPerson.code(secret, 1));
            assertThat(next.send(page, Map.of("code", codes.get(2))).statusCode())
                    .isEqualTo(200);
            secrets.add(next.session());

            lines.holdNone(secrets);
            lines.holdNoneOfTheWords(codes);
        }
    }
}
