package org.rapport.smart.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rapport.smart.AuthorizationCodeFlow;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;
import org.springframework.security.oauth2.jwt.JwtDecoder;

class AuthorizationServerTest {

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        TestWorld.create(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void letsAPatientIntoAPublicApp() throws ParseException {
        var flow = AuthorizationCodeFlow.at(server.url());
        var tokens = flow.redeem(flow.code(TestWorld.ALICE));

        assertThat(tokens.statusCode()).as(tokens.asString()).isEqualTo(200);
        assertThat(tokens.jsonPath().getString("patient")).isEqualTo("alice");
        var access = server.bean(JwtDecoder.class).decode(tokens.jsonPath().getString("access_token"));
        assertThat(access.getClaims())
                .containsEntry("fhirUser", "Patient/alice")
                .containsEntry("patient", "alice")
                .containsEntry("sub", "alice")
                .containsEntry("client_id", TestWorld.PUBLIC_APP);
        assertThat(access.getAudience()).containsExactly(server.url() + "/fhir");
        var id = SignedJWT.parse(tokens.jsonPath().getString("id_token")).getJWTClaimsSet();
        assertThat(id.getStringClaim("fhirUser")).isEqualTo(server.url() + "/fhir/Patient/alice");
    }
}
