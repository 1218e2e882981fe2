package org.rapport.server.text;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.ReindexParameters;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import ca.uhn.fhir.jpa.model.entity.ResourceTable;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.api.server.storage.TransactionDetails;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.hibernate.search.mapper.orm.Search;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts resources into the index again, a page to a transaction.
 *
 * @param store reads the text of a resource as HAPI does when it is written
 * @param entities the persistence context of the running transaction
 * @param transactions runs one page
 */
record TextIndexer(DaoRegistry store, EntityManager entities, TransactionTemplate transactions) implements TextIndex {

    @Override
    public void index(List<Row> rows) {
        transactions.executeWithoutResult(status -> rows.forEach(this::index));
    }

    @Override
    public void toDisk() {
        Search.mapping(entities.getEntityManagerFactory())
                .scope(ResourceTable.class)
                .workspace()
                .flush();
    }

    private void index(Row row) {
        var id = JpaPid.fromId(row.pid());
        store.getResourceDao(row.type())
                .reindex(id, new ReindexParameters(), new SystemRequestDetails(), new TransactionDetails());
        var entity = entities.find(ResourceTable.class, id);
        Search.session(entities).indexingPlan().addOrUpdate(entity);
    }
}
