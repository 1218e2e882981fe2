package org.rapport.delivery;

import java.util.Optional;
import java.util.OptionalLong;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;

/** What the deliveries need of the store. A failure of reading or matching leaves a running transaction unharmed. */
public interface FhirStore {

    /**
     * One version of a resource.
     *
     * @return empty when it is not stored any more, or when it is a deletion
     */
    Optional<Resource> version(String type, String id, long version);

    /** Whether criteria can be asked at all: a known type, known parameters, values of their types. */
    boolean understands(Criteria criteria);

    /**
     * Whether a version of a resource matches criteria. What cannot be told from the resource alone is asked of its
     * current version.
     */
    boolean matches(Criteria criteria, Resource resource);

    /**
     * Marks a Subscription in the running transaction, when this version is still the current one.
     *
     * @param error why it is in error; empty clears it
     * @return the version that this made; empty when there was nothing to mark
     */
    OptionalLong mark(String id, long version, SubscriptionStatus status, String error);
}
