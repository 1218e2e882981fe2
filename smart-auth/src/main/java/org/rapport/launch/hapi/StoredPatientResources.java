package org.rapport.launch.hapi;

import java.util.Set;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.RecordOwners;
import org.rapport.access.TypeRule;
import org.rapport.access.hapi.StoredResources;
import org.rapport.launch.PatientResources;

/** Reads a resource of a launch context to see whose it is. */
final class StoredPatientResources implements PatientResources {

    private final StoredResources resources;
    private final RecordOwners owners;

    StoredPatientResources(StoredResources resources, RecordOwners owners) {
        this.resources = resources;
        this.owners = owners;
    }

    @Override
    public boolean belong(String reference, String patient) {
        var id = new IdType(reference);
        return resources
                .current(id.getResourceType(), id.getIdPart())
                .filter(resource -> isSharedOrOf(resource, patient))
                .isPresent();
    }

    private boolean isSharedOrOf(Resource resource, String patient) {
        return TypeRule.of(resource.fhirType()).shared()
                || owners.patients(resource).equals(Set.of(patient));
    }
}
