package org.rapport.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.rights.World.assertDenied;
import static org.rapport.rights.World.assertEmpty;
import static org.rapport.rights.World.assertHidden;
import static org.rapport.rights.World.assertInvalid;
import static org.rapport.rights.World.ids;
import static org.rapport.rights.World.observation;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;

/** What is on whose list. */
class ListCasesIT {

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static World world;

    @BeforeAll
    static void prepare() {
        world = World.of(SHARED);
        world.store("Observation", "ls-alice", observation("alice", "ls-shared"));
        world.store("Observation", "ls-bob", observation("bob", "ls-shared"));
        world.store("List", "ls-list", """
                "status": "current", "mode": "working", "subject": {"reference": "Patient/bob"},
                "entry": [{"item": {"reference": "Observation/ls-alice"}}]""");
        world.store("List", "ls-own", """
                "status": "current", "mode": "working", "subject": {"reference": "Patient/alice"},
                "entry": [{"item": {"reference": "Patient/alice"}}, {"item": {"reference": "Patient/bob"}}]""");
        world.store("List", "ls-bobs", """
                "status": "current", "mode": "working", "subject": {"reference": "Patient/bob"},
                "entry": [{"item": {"reference": "Patient/alice"}}]""");
    }

    @AfterAll
    static void forget() {
        List.of("List/ls-list", "List/ls-own", "List/ls-bobs").forEach(path -> World.delete(world.backend(), path));
    }

    @Test
    @DisplayName("AC-035: what a list holds is asked of visible lists alone")
    void asksVisibleListsAlone() {
        for (var session : List.of(world.alice(), world.drAdams())) {
            assertEmpty(session.get("List?item=Observation/ls-alice"));
            assertEmpty(session.get("List?item=Observation/ls-bob"));
        }
        assertThat(ids(FhirSession.json(world.bob().get("List?item=Observation/ls-alice"))))
                .containsExactly("List/ls-list");
    }

    @Test
    @DisplayName("AC-035: who is on a list is told of visible lists alone")
    void tellsWhoIsOnAVisibleList() {
        for (var session : List.of(world.alice(), world.drAdams())) {
            assertThat(ids(FhirSession.json(session.get("Patient?_list=ls-own"))))
                    .containsExactly("Patient/alice");
            assertEmpty(session.get("Patient?_list=ls-bobs"));
            assertEmpty(session.get("Patient?_list=ls-nowhere"));
            assertInvalid(session.get("Patient?_in=List/ls-own"));
            assertDenied(session.get("Group?member=Patient/bob"));
        }
        assertInvalid(world.backend().get("Patient?_in=List/ls-own"));
        assertThat(ids(FhirSession.json(world.backend().get("Patient?_list=ls-bobs"))))
                .containsExactly("Patient/alice");
        assertDenied(SHARED.server().personSession("clerk-lee").get("Patient?_list=ls-own"));
    }

    @Test
    @DisplayName("AC-049: the list of another patient stays hidden though it holds an item of one's own")
    void hidesTheListsOfOthers() {
        assertHidden(world.alice().get("List/ls-list"), world.alice().get("List/nobody"));
        assertHidden(world.drAdams().get("List/ls-list"), world.drAdams().get("List/nobody"));
        assertThat(world.bob().get("List/ls-list").statusCode()).isEqualTo(200);
    }
}
