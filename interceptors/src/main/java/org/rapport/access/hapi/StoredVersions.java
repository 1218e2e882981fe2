package org.rapport.access.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.HistorySearchDateRangeParam;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;

/**
 * Reads versions of what is stored with the server's own rights, in a transaction that goes on too: a version that is missing,
 * which a read would mark the transaction for rollback for, does no harm to it.
 */
public interface StoredVersions {

    /**
     * The version that is named, of a resource that was deleted later too; the current one where none is named.
     *
     * @return empty when there is none, or when it is a deletion
     */
    Optional<Resource> version(IdType id);

    /**
     * The version that was the current one at a moment, the first one for a moment before that.
     *
     * @return empty when there is none
     */
    Optional<Resource> asOf(IdType id, Instant moment);

    /**
     * Asks HAPI's store.
     *
     * @param daos read each type
     */
    record In(DaoRegistry daos) implements StoredVersions {

        private static final int MOST = 1_000;

        @Override
        public Optional<Resource> version(IdType id) {
            var wanted = id.getVersionIdPart();
            return wanted == null
                    ? current(id)
                    : chosen(id, found -> wanted.equals(found.getIdElement().getVersionIdPart()));
        }

        @Override
        public Optional<Resource> asOf(IdType id, Instant moment) {
            return chosen(
                            id,
                            found -> !found.getMeta()
                                    .getLastUpdated()
                                    .toInstant()
                                    .isAfter(moment))
                    .or(() -> versions(id).reduce((younger, older) -> older));
        }

        /** The youngest version that is meant, which mostly is the current one: only otherwise the older ones are read. */
        private Optional<Resource> chosen(IdType id, Predicate<Resource> meant) {
            return current(id).filter(meant).or(() -> versions(id).filter(meant).findFirst());
        }

        private Optional<Resource> current(IdType id) {
            return StoredResources.within(daos).current(id.getResourceType(), id.getIdPart());
        }

        /** The youngest first, without deletions; those before a deletion too. */
        private Stream<Resource> versions(IdType id) {
            try {
                var all = daos.getResourceDao(id.getResourceType())
                        .history(
                                id.toUnqualifiedVersionless(),
                                new HistorySearchDateRangeParam(),
                                new SystemRequestDetails());
                return all.getResources(0, MOST).stream()
                        .filter(version -> !version.isDeleted())
                        .map(Resource.class::cast);
            } catch (ResourceNotFoundException e) {
                return Stream.empty();
            }
        }
    }
}
