package org.rapport.access.hapi;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Caller;
import org.rapport.access.Somebody;

/** Tells whether somebody may be told of something without having asked: if the one decision lets them read it as things are now. */
public final class Addressees {

    private static final String PRACTITIONER = "Practitioner";
    private static final List<String> PEOPLE = List.of("Patient", "Person", "RelatedPerson", PRACTITIONER);

    private final CallerAccess.Source callers;
    private final StoredResources stored;

    /**
     * Asks that decision.
     *
     * @param callers what people may do
     * @param stored finds practitioners and whose a PractitionerRole is
     */
    public Addressees(CallerAccess.Source callers, StoredResources stored) {
        this.callers = callers;
        this.stored = stored;
    }

    /**
     * Whether an addressee may read all of these.
     *
     * @param addressee a person here, or a practitioner in a role
     * @param patient logical id of the patient whom they are about
     * @param resources stored, or about to be
     * @return false too for a practitioner or a role that is not active, and for what is no person here
     */
    public boolean mayRead(Reference addressee, String patient, Stream<? extends Resource> resources) {
        var access = Stream.concat(
                        PEOPLE.stream().flatMap(type -> named(addressee, type, patient)), inRole(addressee, patient))
                .findFirst()
                .map(callers::byNow);
        return access.isPresent() && resources.allMatch(each -> access.get().may(Interaction.READ, each));
    }

    private Stream<Caller> named(Reference reference, String type, String patient) {
        return callers.owners()
                .idOf(reference, type)
                .filter(id -> !type.equals(PRACTITIONER) || isActive(id))
                .map(id -> Somebody.in(
                        Somebody.usualRole(type).orElseThrow(), type + "/" + id, "$notify", Optional.of(patient)));
    }

    private Stream<Caller> inRole(Reference reference, String patient) {
        return callers.owners()
                .idOf(reference, "PractitionerRole")
                .flatMap(id -> stored.current("PractitionerRole", id).stream())
                .map(PractitionerRole.class::cast)
                .filter(role -> !role.hasActive() || role.getActive())
                .flatMap(role -> named(role.getPractitioner(), PRACTITIONER, patient));
    }

    private boolean isActive(String practitioner) {
        return stored.current(PRACTITIONER, practitioner)
                .map(Practitioner.class::cast)
                .filter(found -> !found.hasActive() || found.getActive())
                .isPresent();
    }
}
