package org.rapport.alert.hapi;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.hapi.Addressees;
import org.rapport.alert.AlertRecord;

/**
 * Finds whose an alert is: the first of those who treat the patient who may read all of it.
 *
 * @param store tells who treats the patient
 * @param addressees asks rights and consents
 */
record AlertOwners(FhirStore store, Addressees addressees) {

    /**
     * The first who may read it; empty when nobody may.
     *
     * @param content what it would be as somebody's own
     */
    Optional<Reference> first(AlertRecord alert, Function<Reference, List<Resource>> content) {
        return treating(alert.patient())
                .filter(each -> mayRead(alert, each, content.apply(each)))
                .findFirst();
    }

    /** Whether somebody may read it now. */
    boolean mayRead(AlertRecord alert, Reference somebody, List<Resource> content) {
        return addressees.mayRead(somebody, alert.patient(), content.stream());
    }

    private Stream<Reference> treating(String patient) {
        var teams = store.find(
                CareTeam.class,
                new SearchParameterMap()
                        .add("patient", new ReferenceParam("Patient/" + patient))
                        .add("status", new TokenParam("active")));
        return AlertRecord.treating(store.current(Patient.class, patient), teams);
    }
}
