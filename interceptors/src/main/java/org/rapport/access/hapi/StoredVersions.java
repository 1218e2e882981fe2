package org.rapport.access.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.HistorySearchDateRangeParam;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
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
     * The version that was the current one at a moment, the first one for a moment before that: two instances have two
     * clocks. A deletion does not count.
     *
     * @param moment {@link Instant#MAX} for now
     * @return empty when there is none, or when it cannot be told among very many
     */
    Optional<Resource> asOf(IdType id, Instant moment);

    /**
     * Asks HAPI's store.
     *
     * @param daos read each type
     */
    record In(DaoRegistry daos) implements StoredVersions {

        private static final String FIRST = "1";

        /** A version with so many younger ones is not found. */
        private static final int MOST = 1_000;

        /** HAPI may take a moment for the whole second that it lies in. */
        private static final int FEW = 100;

        @Override
        public Optional<Resource> version(IdType id) {
            var wanted = id.getVersionIdPart();
            if (wanted == null) {
                return current(id);
            }
            return current(id)
                    .filter(found -> isVersion(found, wanted))
                    .or(() -> versions(id, new HistorySearchDateRangeParam(), MOST)
                            .filter(found -> isVersion(found, wanted))
                            .findFirst());
        }

        @Override
        public Optional<Resource> asOf(IdType id, Instant moment) {
            if (moment.equals(Instant.MAX)) {
                return current(id);
            }
            return current(id)
                    .filter(found -> isThere(found, moment))
                    .or(() -> versions(id, until(moment), FEW)
                            .filter(found -> isThere(found, moment))
                            .findFirst())
                    .or(() -> version(id.withVersion(FIRST)).filter(found -> !isThere(found, moment)));
        }

        private static boolean isVersion(Resource found, String version) {
            return version.equals(found.getIdElement().getVersionIdPart());
        }

        private static boolean isThere(Resource version, Instant moment) {
            return !version.getMeta().getLastUpdated().toInstant().isAfter(moment);
        }

        private static HistorySearchDateRangeParam until(Instant moment) {
            var range = new DateRangeParam().setUpperBoundInclusive(Date.from(moment));
            return new HistorySearchDateRangeParam(Map.of(), range, 0);
        }

        private Optional<Resource> current(IdType id) {
            return StoredResources.within(daos).current(id.getResourceType(), id.getIdPart());
        }

        /** The youngest first, without deletions; those before a deletion too. */
        private Stream<Resource> versions(IdType id, HistorySearchDateRangeParam range, int most) {
            if (!daos.isResourceTypeSupported(id.getResourceType())) {
                return Stream.empty();
            }
            try {
                var all = daos.getResourceDao(id.getResourceType())
                        .history(id.toUnqualifiedVersionless(), range, new SystemRequestDetails());
                return all.getResources(0, most).stream()
                        .filter(version -> !version.isDeleted())
                        .map(Resource.class::cast);
            } catch (ResourceNotFoundException e) {
                return Stream.empty();
            }
        }
    }
}
