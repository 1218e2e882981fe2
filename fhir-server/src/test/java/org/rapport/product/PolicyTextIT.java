package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rapport.product.PolicyRequests.content;
import static org.rapport.product.PolicyRequests.sha256;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;

/** Who publishes policy texts, who reads them, and that they stay. */
class PolicyTextIT {

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static FhirSession backend;
    private static FhirSession admin;
    private static FhirSession alice;
    private static FhirSession doctor;

    private PolicyRequests policy = PolicyRequests.ofANewPolicy();

    @BeforeAll
    static void start() {
        backend = SHARED.session("demo-backend");
        admin = SHARED.server().personSession("admin");
        alice = SHARED.server().personSession("alice");
        doctor = SHARED.server().personSession("dr-adams");
    }

    @BeforeEach
    void publishTheFirst() {
        policy = PolicyRequests.ofANewPolicy();
        assertThat(policy.publish(admin, "1", "de Erster", "en First").statusCode())
                .isEqualTo(200);
    }

    @Test
    void publishesOnceForAll() {
        assertThat(policy.publish(admin, "1", "de Erster", "en First").body())
                .isEqualTo(policy.publish(SHARED.server().personSession("privacy-kim"), "1", "de Erster", "en First")
                        .body());
        var other = policy.publish(admin, "1", "de Anderer");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("text de", "Publish the change as a new version");
        assertThat(policy.publish(admin, "2", "de <b>HTML</b>").statusCode()).isEqualTo(400);
        for (var session : List.of(doctor, alice, backend)) {
            assertThat(policy.publish(session, "2", "de Zweiter").statusCode()).isEqualTo(403);
        }
        assertThat(SHARED.database()
                        .number("select count(*) from audit_log where subject = 'admin' and interaction = 'operation'"
                                + " and resource_type = 'Consent'"))
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "dr-adams", "clerk-lee", "admin", "privacy-kim"})
    void tellsEverybodyWhoIsSignedIn(String person) {
        var session = SHARED.server().personSession(person);
        var answer = policy.text(session, "&language=de-AT");
        var document = FhirSession.json(answer);
        assertThat(document.path("resourceType").asText()).isEqualTo("DocumentReference");
        assertThat(content(answer)).isEqualTo("de Erster");
        assertThat(document.at("/content/0/attachment/language").asText()).isEqualTo("de");
        assertThat(document.at("/identifier/0/value").asText()).isEqualTo("1");
        assertThat(document.at("/masterIdentifier/value").asText()).isEqualTo(sha256("de Erster"));
    }

    @Test
    void tellsTheVersionThatIsAskedFor() {
        policy.publish(admin, "2", "de Zweiter");
        assertThat(content(policy.text(alice, ""))).isEqualTo("de Zweiter");
        assertThat(content(policy.text(alice, "&version=1&language=en"))).isEqualTo("en First");
        assertThat(content(policy.text(alice, "&sha256=" + sha256("en First")))).isEqualTo("en First");
        for (var unknown : List.of("version=3", "language=fr", "sha256=" + "0".repeat(64))) {
            assertThat(policy.text(alice, "&" + unknown).statusCode()).isEqualTo(404);
        }
        assertThat(alice.get("Consent/$policy-text").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update policy_text set content = 'forged'",
                "delete from policy_text",
                "update policy_version set effective = now() - interval '1 year'",
                "delete from policy_version",
                "truncate policy_text, policy_version",
                "insert into policy_text select uri, version, 'xx', title, content_type, content, repeat('0', 64),"
                        + " published_at, published_by from policy_text limit 1",
            })
    void isLeftAsItIsByTheDatabase(String statement) {
        assertThatThrownBy(() -> SHARED.database().execute(statement))
                .rootCause()
                .hasMessageMatching("(?s).*(only ever added|permission denied|violates check constraint).*");
        assertThat(content(policy.text(alice, "&language=de"))).isEqualTo("de Erster");
    }
}
