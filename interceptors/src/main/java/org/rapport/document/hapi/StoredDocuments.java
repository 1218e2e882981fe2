package org.rapport.document.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.UriOrListParam;
import ca.uhn.fhir.rest.param.UriParam;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.PublicOrigin;
import org.rapport.relation.hapi.StoredSearch;

/** Finds what opens a file to who may see that: the documents and reports that name it. */
public interface StoredDocuments {

    /** The documents and reports, in their current versions, that name at least one of these files; none for none. */
    List<Resource> naming(Collection<AttachedFile> files);

    /** Whether this is the version that a read shows. */
    boolean isCurrent(Binary file);

    /**
     * Finds by the search parameter {@code attachment} of our implementation guide.
     *
     * @param daos search and read
     * @param origin a url may be written in full
     */
    record In(DaoRegistry daos, PublicOrigin origin) implements StoredDocuments {

        @Override
        public List<Resource> naming(Collection<AttachedFile> files) {
            var wanted = new HashSet<>(files);
            return wanted.isEmpty()
                    ? List.of()
                    : Stream.of(DocumentReference.class, DiagnosticReport.class)
                            .flatMap(type -> new StoredSearch.In(daos).find(type, attached(wanted)))
                            .map(Resource.class::cast)
                            .filter(document -> !Collections.disjoint(AttachedFile.in(document, origin), wanted))
                            .toList();
        }

        private SearchParameterMap attached(Collection<AttachedFile> files) {
            var urls = new UriOrListParam();
            files.stream().flatMap(file -> file.urls(origin)).map(UriParam::new).forEach(urls::addOr);
            return SearchParameterMap.newSynchronous().add("attachment", urls);
        }

        @Override
        public boolean isCurrent(Binary file) {
            var id = file.getIdElement();
            var stored = daos.getResourceDao(Binary.class)
                    .readEntity(id.toUnqualifiedVersionless(), new SystemRequestDetails());
            return Long.toString(stored.getVersion()).equals(id.getVersionIdPart());
        }
    }
}
