package org.rapport.access.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.testing.RunningServer.get;

import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Reference;
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
    void readsNoRecord() {
        assertDenied(get("Patient/alice", TestTokens.person("kim", "privacy-officer")));
    }
}
