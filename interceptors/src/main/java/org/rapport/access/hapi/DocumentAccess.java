package org.rapport.access.hapi;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.AccessDecision;
import org.rapport.access.Action;
import org.rapport.access.Action.Interaction;
import org.rapport.access.ContainedResources;
import org.rapport.access.RecordOwners;
import org.rapport.access.Target;

/**
 * Decides about documents by what they hold: one is as open as the most closed of its entries, and only as a whole.
 *
 * @param access decides about each entry
 * @param owners whose record an entry belongs to
 */
record DocumentAccess(CallerAccess access, RecordOwners owners) {

    /** The permit that the entries give; empty when any of them does not, and for a Bundle that is no document. */
    Optional<AccessDecision> decide(Action action, Bundle bundle) {
        if (!isDocument(bundle)) {
            return Optional.empty();
        }
        access.prepare(entries(bundle));
        return entries(bundle).map(this::target).allMatch(this::isRead)
                ? Optional.of(access.decide(action, whole(bundle))).filter(AccessDecision::permitted)
                : Optional.empty();
    }

    /** What to ask about a document: itself and each of its entries; nothing about another Bundle. */
    Stream<Target.Resource> targets(Bundle bundle) {
        return isDocument(bundle)
                ? Stream.concat(Stream.of(whole(bundle)), entries(bundle).map(this::target))
                : Stream.empty();
    }

    private boolean isDocument(Bundle bundle) {
        return bundle.getType() == BundleType.DOCUMENT
                && bundle.getEntry().stream().allMatch(this::isOurs);
    }

    /** What is not named as ours may have the id of one of our patients. An outcome could hold anything. */
    private boolean isOurs(BundleEntryComponent entry) {
        var resource = entry.getResource();
        return ContainedResources.areAllOf(resource)
                && !entry.hasResponse()
                && holdsNothingMasked((DomainResource) resource)
                && owners.idOf(new Reference(entry.getFullUrl()), resource.fhirType())
                        .anyMatch(id -> id.equals(resource.getIdElement().getIdPart()));
    }

    private boolean holdsNothingMasked(DomainResource entry) {
        return entry.getContained().stream()
                .allMatch(held -> access.masked(held.fhirType()).isEmpty());
    }

    private boolean isRead(Target.Resource entry) {
        return access.decide(Action.on(Interaction.READ, entry.type()), entry).permitted();
    }

    private Target.Resource whole(Bundle bundle) {
        return unlabelled(bundle, owners.met(bundle));
    }

    private Target.Resource target(Resource entry) {
        return unlabelled(entry, owners.patients(entry));
    }

    private static Target.Resource unlabelled(Resource resource, Set<String> patients) {
        return new Target.Resource(resource.fhirType(), Optional.empty(), patients, Optional.of(resource));
    }

    private static Stream<Resource> entries(Bundle bundle) {
        return bundle.getEntry().stream().map(BundleEntryComponent::getResource);
    }
}
