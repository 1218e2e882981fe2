package org.rapport.rights;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;

/** Resources of which the desk sees all but what they contain. */
class ContainedMaskCasesIT {

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static World world;
    private static FhirSession clerk;

    @BeforeAll
    static void prepare() {
        world = World.of(SHARED);
        clerk = SHARED.server().personSession("clerk-lee");
    }

    /** What is contained is masked too, though the desk sees all of its holder. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PATCH | application/json-patch+json | [{\"op\": \"copy\", \"from\": \"/contained/0/birthDate\", \"path\": \"/subscriberId\"}]",
                "PATCH | application/json-patch+json | [{\"op\": \"test\", \"path\": \"/contained/0/birthDate\", \"value\": \"1971-05-04\"}]",
                "PATCH | application/fhir+json       | {\"resourceType\": \"Parameters\"}",
                "PUT   | application/fhir+json       | part",
            })
    void changesNothingInWhatIsContained(String method, String format, String body) {
        world.store("Coverage", "mk-coverage", """
                "status": "active", "beneficiary": {"reference": "Patient/alice"}, "payor": [{"display": "Payor"}],
                "subscriber": {"reference": "#rp"},
                "contained": [{"resourceType": "RelatedPerson", "id": "rp", "birthDate": "1971-05-04",
                               "patient": {"reference": "Patient/alice"}}]""");
        var seen = clerk.get("Coverage/mk-coverage").body();
        assertThat(seen).contains("REDACTED").doesNotContain("1971");
        var sent = body.equals("part") ? untagged(seen) : body;
        var answer = clerk.send(method, "Coverage/mk-coverage", format, BodyPublishers.ofString(sent));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("change it by a JSON Patch").doesNotContain("1971");
        assertThat(world.backend().get("Coverage/mk-coverage").body()).contains("1971-05-04");
        World.delete(world.backend(), "Coverage/mk-coverage");
    }

    /** As if it were the whole. */
    private static String untagged(String part) {
        var resource = FhirSession.parsed(part);
        ((ObjectNode) resource.path("meta")).remove("tag");
        return resource.toString();
    }
}
