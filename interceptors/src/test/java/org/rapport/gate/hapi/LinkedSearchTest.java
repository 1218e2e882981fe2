package org.rapport.gate.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.testing.RunningServer.get;

import java.net.http.HttpResponse;
import java.util.List;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.search.hapi.SearchNarrowing;
import org.rapport.testing.TestTokens;

class LinkedSearchTest extends TwoRecords {

    private static final String NARROW = TestTokens.signed(claims -> claims.subject("clerk-lee")
            .claim("scope", "user/Appointment.rs")
            .claim("roles", List.of("clerk"))
            .claim("fhirUser", "Practitioner/clerk-lee"));

    @BeforeEach
    void meet() {
        for (var who : List.of("alice", "bob")) {
            var encounter = new Encounter().setSubject(new Reference("Patient/" + who));
            encounter.setId("visit-of-" + who);
            server.store(encounter);
            server.store(coded("coded-" + who, who, "seen"));
        }
        server.store(coded("secret", "bob", "hiv"));
    }

    @Test
    @DisplayName("AC-016: tells by has only what the caller may read")
    void tellsByHasOnlyWhatTheCallerMayRead() {
        get("Patient?_has:Observation:subject:code=seen", DR_X);
        assertThat(server.lastSearch("_id")).containsExactly("alice");
        get("Patient?_has:Observation:subject:code=hiv", DR_X);
        assertThat(server.lastSearch("_id")).containsExactly(SearchNarrowing.NOBODY, "alice");
        get("Patient?_has:Observation:subject:code=unheard", DR_X);
        assertThat(server.lastSearch("_id")).containsExactly(SearchNarrowing.NOBODY, "alice");
    }

    @Test
    @DisplayName("AC-017: follows one has after the other")
    void followsOneHasAfterTheOther() {
        get("Patient?_has:Encounter:subject:_has:Observation:encounter:code=seen", DR_X);
        assertThat(server.lastSearch("_id")).containsExactly("alice");
        get("Patient?_has:Encounter:subject:_has:Observation:encounter:code=hiv", DR_X);
        assertThat(server.lastSearch("_id")).containsExactly(SearchNarrowing.NOBODY, "alice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "patient.name=%s",
                "patient:Patient.name=%s",
                "patient._id=%s",
                "encounter.patient.name=%s",
                "patient._has:Encounter:subject:subject=%s",
            })
    void followsChainsAsFarAsTheCallerSees(String chain) {
        get("Observation?" + chain.formatted("alice"), DR_X);
        assertThat(server.lastSearch("_id")).isEmpty();
        assertThat(server.lastSearch("patient")).contains("Patient/alice");
        get("Observation?" + chain.formatted("bob"), DR_X);
        assertThat(server.lastSearch("_id")).containsExactly(SearchNarrowing.NOBODY);
        assertThat(server.lastSearch(chain.substring(0, chain.indexOf('=')))).isEmpty();
    }

    @Test
    void namesWhatAStepFoundInAnOrderThatTellsNothing() {
        var earlier = new Encounter().setSubject(new Reference("Patient/alice"));
        earlier.setId("a-visit-of-alice");
        server.store(earlier);
        get("Observation?encounter.subject=Patient/alice", DR_X);
        assertThat(String.join(",", server.lastSearch("encounter")))
                .isEqualTo("Encounter/a-visit-of-alice,Encounter/visit-of-alice");
    }

    @Test
    @DisplayName("AC-035: asks a list as what refers to a resource")
    void asksAListAsWhatRefersToAResource() {
        for (var whose : List.of("alice", "bob")) {
            var list = new ListResource().setSubject(new Reference("Patient/" + whose));
            list.addEntry().setItem(new Reference("Patient/alice"));
            list.setId("list-of-" + whose);
            server.store(list);
        }
        get("Patient?_list=list-of-alice", DR_X);
        assertThat(server.lastSearch("_id")).containsExactly("alice");
        assertThat(server.lastSearch("_list")).isEmpty();
        get("Patient?_list=list-of-bob", DR_X);
        assertThat(server.lastSearch("_id")).containsExactly(SearchNarrowing.NOBODY, "alice");
        get("Observation?patient:Patient._list=list-of-alice", ALICE);
        assertThat(server.lastSearch("patient")).contains("Patient/alice");
        assertDenied(get("Patient?_list=list-of-alice", TestTokens.person("clerk-lee", "clerk")));
    }

    @Test
    void needsEachOfSeveralChains() {
        get("Observation?subject:Patient.name=alice&subject:Patient._id=alice", ALICE);
        assertThat(server.lastSearch("subject")).containsExactly("Patient/alice", "Patient/alice");
    }

    @Test
    @DisplayName("AC-017, AC-018: a step needs the right to search and to read")
    void stopsAtATypeThatIsClosed() {
        var desk = TestTokens.person("clerk-lee", "clerk");
        assertDenied(get("Patient?_has:Observation:subject:code=seen", desk));
        assertDenied(get("Patient?_has:Observation:subject:code=unheard", desk));
        assertDenied(get("Appointment?patient.identifier=SSN", NARROW));
        assertThat(get("Appointment?patient.identifier=SSN", NARROW).headers().firstValue("WWW-Authenticate"))
                .contains("Bearer error=\"insufficient_scope\"");
        assertThat(get("Appointment?patient.identifier=SSN", desk).statusCode()).isEqualTo(200);
        assertDenied(get("Patient?_has:Group:member:code=x", DR_X));
        assertDenied(get("Patient?_has:AdverseEvent:subject:date=2020", ALICE));
        assertDenied(get("Observation?subject:Group.code=x", DR_X));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Observation?patient.unheard=x",
                "Observation?code.text=x",
                "Observation?patient.=x",
                "Observation?patient._sort=name",
                "Observation?patient._filter=x",
                "Observation?patient._count=1",
                "Observation?patient:Practitioner.name=x",
                "Patient?_has:Observation:subject=x",
                "Patient?_has:Observation:code:status=x",
                "Patient?_has:Observation:encounter:code=x",
                "Patient?_has:Observation:subject:unheard=x",
            })
    void refusesWhatIsNoStep(String search) {
        assertThat(get(search, DR_X).statusCode()).isIn(400, 403);
    }

    @Test
    void showsInItsLinksWhatWasAsked() {
        assertThat(get("Observation?patient.name=alice&status=final", DR_X).body())
                .contains("patient.name=alice")
                .doesNotContain("patient=Patient");
    }

    @Test
    void leavesSystemsThatReadEverythingToThemselves() {
        get("Observation?patient.name=alice", BACKEND);
        assertThat(server.lastSearch("patient.name")).containsExactly("alice");
    }

    @ParameterizedTest
    @CsvSource({"1000, 200", "1001, 400"})
    void isBounded(int found, int status) {
        for (int i = 0; i < found; i++) {
            var organization = new Organization().setName("Many");
            organization.setId("many-" + i);
            server.store(organization);
        }
        assertThat(get("Patient?organization.name=many", DR_X).statusCode()).isEqualTo(status);
    }

    @Test
    void hasFewSteps() {
        HttpResponse<String> answer = get(
                "Patient?" + "general-practitioner:Organization.partof.".repeat(1) + "partof.".repeat(9) + "name=x",
                DR_X);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("too-costly");
    }
}
