package org.rapport.launch.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.Browser;
import org.rapport.smart.LogLines;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;

class LaunchesInLogsTest {

    private static final TestServer SERVER = TestServer.shared();

    private static AuthorizationCodeFlow request(String launch) {
        return AuthorizationCodeFlow.at(SERVER.url())
                .with("scope", "openid fhirUser launch patient/*.rs offline_access")
                .with("launch", launch);
    }

    @Test
    void areNeverWrittenAtAnyLevel() {
        try (var lines = LogLines.all()) {
            var secrets = new ArrayList<String>();
            secrets.add(EhrSession.ehrToken(SERVER, TestWorld.DOCTOR));
            var ehr = EhrSession.of(SERVER, TestWorld.DOCTOR);
            var opened = ehr.open(Map.of("encounter", "alice-e1")).jsonPath();
            secrets.add(opened.getString("launch"));
            secrets.add(opened.getString("launch_parameters"));
            var flow = request(opened.getString("launch"));
            var code = flow.code(TestWorld.DOCTOR);
            secrets.add(code);
            secrets.add(flow.redeem(code).jsonPath().getString("access_token"));
            var again = request(opened.getString("launch"));
            assertThat(again.ask(new Browser(SERVER.url()), TestWorld.DOCTOR).statusCode())
                    .isEqualTo(302);

            lines.holdNone(secrets);
        }
    }
}
