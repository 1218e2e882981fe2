package org.rapport.gate.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.testing.RunningServer.get;
import static org.rapport.testing.RunningServer.send;

import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.access.AccessRules;
import org.rapport.testing.TestTokens;

class WatcherAccessTest extends TwoRecords {

    @ParameterizedTest
    @ValueSource(strings = {"privacy-officer", "auditor"})
    void seesOfFlagsWhatWasFoundInTheLogAlone(String role) {
        var watcher = TestTokens.person("kim", role);
        var found = new Flag().setSubject(new Reference("Practitioner/dr-y"));
        found.addIdentifier().setSystem(AccessRules.FINDINGS).setValue("AR-01/now");
        found.setId("found");
        server.store(found);
        var noted = new Flag().setSubject(new Reference("Patient/alice"));
        noted.addIdentifier().setSystem("urn:ward").setValue("1");
        noted.setId("noted");
        server.store(noted);

        assertThat(get("Flag/found", watcher).statusCode()).isEqualTo(200);
        assertThat(normalised(get("Flag/noted", watcher))).isEqualTo(normalised(get("Flag/nobody", watcher)));
        assertThat(get("Flag", watcher).body()).contains("\"found\"").doesNotContain("\"noted\"");
        assertThat(server.lastSearch("identifier")).containsExactly(AccessRules.FINDINGS + "|");
        assertThat(get("Flag/found", DR_Y).statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("BG-10: completes the review of a finding")
    void completesTheReviewOfAFinding() {
        var officer = TestTokens.person("kim", "privacy-officer");
        server.store(review("found", AccessRules.FINDINGS));
        server.store(review("other", "urn:ward"));

        assertThat(get("Task", officer).body()).contains("\"found\"").doesNotContain("\"other\"");
        assertThat(normalised(get("Task/other", officer))).isEqualTo(normalised(get("Task/nobody", officer)));
        assertDenied(get("Task/found", TestTokens.person("kim", "auditor")));
        assertThat(get("Task/found", DR_Y).statusCode()).isEqualTo(404);

        var done = review("found", AccessRules.FINDINGS).setStatus(Task.TaskStatus.COMPLETED);
        assertThat(send("PUT", "/Task/found", officer, done).statusCode()).isEqualTo(200);
        assertDenied(send("PUT", "/Task/found", officer, done.copy().setDescription("nothing")));
        assertDenied(send("POST", "/Task", officer, review("", AccessRules.FINDINGS)));
        assertDenied(send("DELETE", "/Task/found", officer, ""));
        assertDenied(
                send("POST", "/Task", DR_X, review("", AccessRules.FINDINGS).setFor(new Reference("Patient/alice"))));
    }

    private static Task review(String id, String system) {
        var task = new Task().setStatus(Task.TaskStatus.REQUESTED).setDescription("AR-08");
        task.addIdentifier().setSystem(system).setValue("1");
        task.setId(id);
        return task;
    }

    @Test
    void readsNoRecord() {
        assertDenied(get("Patient/alice", TestTokens.person("kim", "privacy-officer")));
    }
}
