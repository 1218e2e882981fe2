package org.rapport.access;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.rapport.access.AccessDecision.Deny;
import org.rapport.access.AccessDecision.Permit;
import org.rapport.access.Caller.Role;

/**
 * Decides who may write what bears the identifier of a finding about the audit log: it opens a resource to those who watch
 * over access, so the server alone makes it. A privacy officer says how far the review is that a Task asks for, unless it is
 * about themselves, and changes nothing else.
 */
final class FindingRules {

    private FindingRules() {}

    /** Whether a person may write a resource as it is. */
    static AccessDecision decide(Caller caller, Optional<Resource> before, Resource after) {
        if (!isFound(after) && before.filter(FindingRules::isFound).isEmpty()) {
            return new Permit();
        }
        boolean goesOn = caller.is(Role.PRIVACY_OFFICER)
                && after instanceof Task task
                && before.filter(Task.class::isInstance)
                        .map(Task.class::cast)
                        .filter(old -> isSameWork(old, task) && !isAbout(old, caller))
                        .isPresent();
        return goesOn ? new Permit() : new Deny("finding rule: the server alone writes what it found");
    }

    private static boolean isFound(Resource resource) {
        return Optional.ofNullable(resource.getNamedProperty("identifier")).stream()
                .flatMap(property -> property.getValues().stream())
                .anyMatch(value ->
                        value instanceof Identifier identifier && AccessRules.FINDINGS.equals(identifier.getSystem()));
    }

    /** Nobody reviews what they did themselves. */
    private static boolean isAbout(Task task, Caller caller) {
        return task.getInput().stream()
                .map(Task.ParameterComponent::getValue)
                .filter(Reference.class::isInstance)
                .map(Reference.class::cast)
                .anyMatch(actor -> caller.subject().equals(actor.getIdentifier().getValue())
                        || caller.fhirUser().equals(Optional.ofNullable(actor.getReference())));
    }

    private static boolean isSameWork(Task before, Task after) {
        return hasNoNewMeta(before.getMeta(), after.getMeta()) && work(before).equalsDeep(work(after));
    }

    /** The store keeps labels and tags that an update does not repeat. */
    private static boolean hasNoNewMeta(Meta before, Meta after) {
        return Stream.<Function<Meta, List<? extends Base>>>of(Meta::getSecurity, Meta::getTag, Meta::getProfile)
                .allMatch(part ->
                        part.apply(after).isEmpty() || Base.compareDeep(part.apply(after), part.apply(before), true));
    }

    /** A Task without what says how far it is. */
    private static Task work(Task task) {
        var work = task.copy()
                .setStatus(null)
                .setStatusReason(null)
                .setBusinessStatus(null)
                .setExecutionPeriod(null)
                .setLastModified(null);
        work.setId((String) null);
        work.setMeta(null);
        return work;
    }
}
