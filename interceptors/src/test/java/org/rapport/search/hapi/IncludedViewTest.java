package org.rapport.search.hapi;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.rapport.access.PublicOrigin;
import org.rapport.gate.hapi.TestConstraints;

class IncludedViewTest {

    private final SearchLinks links =
            TestConstraints.links(FhirContext.forR4Cached(), new PublicOrigin("https://fhir.example.org"));

    /** The visit of somebody else is hidden already; where it takes place must not stay behind. */
    @Test
    void leavesOutWhatIsReachedByTheHiddenAlone() {
        var answer = answer("_revinclude=Appointment:practitioner", "_include:iterate=Appointment:location");
        assertThat(ids(answer)).containsExactly("dr-x", "visit", "here");
    }

    @Test
    void includesFromMatchesAloneWithoutIterate() {
        var answer = answer("_revinclude=Appointment:practitioner", "_include=Appointment:location");
        assertThat(ids(answer)).containsExactly("dr-x", "visit");
    }

    @Test
    void goesByTheParameterAndTheTarget() {
        assertThat(ids(answer("_revinclude=Appointment:supporting-info"))).containsExactly("dr-x");
        assertThat(ids(answer("_revinclude=Appointment:actor:Practitioner"))).containsExactly("dr-x", "visit");
        assertThat(ids(answer("_revinclude=Appointment:actor:Location"))).containsExactly("dr-x");
    }

    private Bundle answer(String... inclusions) {
        var answer = new Bundle();
        add(answer, SearchEntryMode.MATCH, new Practitioner(), "dr-x");
        var visit = new Appointment();
        visit.addParticipant().setActor(new Reference("Practitioner/dr-x"));
        visit.addParticipant().setActor(new Reference("https://fhir.example.org/fhir/Location/here"));
        add(answer, SearchEntryMode.INCLUDE, visit, "visit");
        add(answer, SearchEntryMode.INCLUDE, new Location(), "here");
        add(answer, SearchEntryMode.INCLUDE, new Location(), "there");
        var parsed = List.of(inclusions).stream()
                .map(inclusion -> inclusion.split("=", 2))
                .flatMap(parts -> Inclusion.of(Map.of(parts[0], new String[] {parts[1]})).stream())
                .toList();
        new IncludedView(links, parsed).prune(answer);
        return answer;
    }

    private static void add(Bundle answer, SearchEntryMode mode, Resource resource, String id) {
        resource.setId(id);
        answer.addEntry().setResource(resource).getSearch().setMode(mode);
    }

    private static List<String> ids(Bundle answer) {
        return answer.getEntry().stream()
                .map(entry -> entry.getResource().getIdElement().getIdPart())
                .toList();
    }
}
