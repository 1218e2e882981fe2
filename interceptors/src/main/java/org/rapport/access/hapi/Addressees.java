package org.rapport.access.hapi;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Caller;
import org.rapport.access.Somebody;

/** Tells whether somebody may be told of something without having asked: if the one decision lets them read it as things are now. */
public final class Addressees {

    private static final List<String> PEOPLE = List.of("Patient", "Person", "RelatedPerson", "Practitioner");

    private final CallerAccess.Source callers;
    private final StoredResources stored;

    /**
     * Asks that decision.
     *
     * @param callers what people may do
     * @param stored finds whose a PractitionerRole is
     */
    public Addressees(CallerAccess.Source callers, StoredResources stored) {
        this.callers = callers;
        this.stored = stored;
    }

    /**
     * Whether an addressee may read all of these.
     *
     * @param addressee a person here, or a practitioner in a role
     * @return false too for who is nobody that could sign in here
     */
    public boolean mayRead(Reference addressee, Stream<? extends Resource> resources) {
        var access = person(addressee).map(callers::of);
        return access.isPresent() && resources.allMatch(each -> access.get().may(Interaction.READ, each));
    }

    private Optional<Caller> person(Reference addressee) {
        return Stream.concat(PEOPLE.stream().flatMap(type -> named(addressee, type)), inRole(addressee))
                .findFirst();
    }

    private Stream<Caller> named(Reference reference, String type) {
        return callers.owners()
                .idOf(reference, type)
                .map(id -> Somebody.in(
                        Somebody.usualRole(type).orElseThrow(), type + "/" + id, "$notify", Optional.empty()));
    }

    private Stream<Caller> inRole(Reference reference) {
        return callers.owners()
                .idOf(reference, "PractitionerRole")
                .flatMap(id -> stored.current("PractitionerRole", id).stream())
                .flatMap(role -> named(((PractitionerRole) role).getPractitioner(), "Practitioner"));
    }
}
