package org.rapport.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RapportCommandTest {

    @TempDir
    Path data;

    @Test
    void saysHowItIsUsed() {
        assertThatThrownBy(() -> RapportCommand.run(List.of()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("./run token CLIENT");
    }

    @Test
    void asksForAStartWithTheDemoFirst() {
        assertThatThrownBy(() -> run("token", "demo-backend"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("./run");
    }

    @Test
    void namesTheClientsThereAreWhenTheOneAskedForIsUnknown() throws IOException {
        credentials();
        assertThatThrownBy(() -> run("token", "nobody"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("\"nobody\"")
                .hasMessageContaining("demo-app");
    }

    @Test
    void asksWhoAnAppShallWorkFor() throws IOException {
        credentials();
        assertThatThrownBy(() -> run("token", "demo-app"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("--user");
    }

    @Test
    void saysThatNothingAnswers() throws IOException {
        credentials();
        assertThatThrownBy(() -> run("token", "demo-app", "--user", "alice"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("Nothing answers at http://127.0.0.1:1");
    }

    @Test
    void refusesATopicThatNamesNoDevice() throws IOException {
        credentials();
        assertThatThrownBy(() -> run("publish", "heart-rate", "{}"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("device/hr-alice/heart-rate");
    }

    @ParameterizedTest(name = "{0} asks for {1}")
    @CsvSource({
        "Patient/alice,         openid fhirUser launch/patient patient/*.cruds",
        "Practitioner/dr-adams, openid fhirUser user/*.cruds",
        "RelatedPerson/dana,    openid fhirUser launch/patient patient/*.cruds",
        "Person/dana,           openid fhirUser launch/patient patient/*.cruds",
    })
    void asksForWhatThePersonCanGive(String fhirUser, String scope) {
        var user = JsonNodeFactory.instance.objectNode().put("fhirUser", fhirUser);
        assertThat(RapportCommand.usualScope(user)).isEqualTo(scope);
    }

    @Test
    void readsWhatCanBeChosenFirst() {
        var page = """
                <form><button type="submit" class="secondary">Find</button>
                <button type="submit" name="patient" class="secondary" value="carol">Carol</button>
                <button type="submit" name="patient" value="cleo">Cleo</button></form>
                <form><button name="deny" value="true">Deny</button></form>""";
        assertThat(HtmlForm.firstChoice(page, "patient")).contains("carol");
        assertThat(HtmlForm.firstChoice(page, "deny")).isEmpty();
    }

    @Test
    void readsWhatTheFirstFormOfAPageSends() {
        assertThat(HtmlForm.hiddenFields("""
                <form><input type="hidden" name="_csrf" value="a&amp;b"><input name="username">
                <input type="checkbox" name="scope" value="openid" checked="checked">
                <input type="checkbox" name="scope" value="profile"></form>
                <form><input type="hidden" name="other" value="x"></form>""")).containsExactly(Map.entry("_csrf", "a&b"), Map.entry("scope", "openid"));
    }

    private String run(String... words) {
        var line = new java.util.ArrayList<>(List.of(words));
        line.addAll(List.of("--data", data.toString()));
        return RapportCommand.run(line);
    }

    private void credentials() throws IOException {
        Files.writeString(data.resolve("demo-credentials.json"), """
                {"fhirBase": "http://127.0.0.1:1/fhir", "issuer": "http://127.0.0.1:1", "mqttUrl": "tcp://127.0.0.1:1",
                 "users": [{"username": "alice", "password": "secret"}],
                 "clients": [{"clientId": "demo-app", "type": "public", "scope": "openid",
                              "redirectUris": ["http://127.0.0.1/callback"]}],
                 "devices": []}""");
    }
}
