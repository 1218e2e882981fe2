package org.rapport.server.text;

import org.hibernate.search.engine.backend.work.execution.DocumentCommitStrategy;
import org.hibernate.search.engine.backend.work.execution.DocumentRefreshStrategy;
import org.hibernate.search.mapper.pojo.work.IndexingPlanSynchronizationStrategy;
import org.hibernate.search.mapper.pojo.work.IndexingPlanSynchronizationStrategyConfigurationContext;

/**
 * Lets a write wait until the next search finds it by its text, and not until the index is on the disk.
 *
 * <p>A commit of the index for each write makes a segment each time, and merging these costs more than the write. The index
 * goes to the disk once a second instead; what a killed process takes of it, the next start's {@link TextIndexCatchUp}
 * indexes again.
 *
 * @see <a href="https://docs.jboss.org/hibernate/search/7.2/reference/en-US/html_single/#indexing-plan-synchronization">
 *     Hibernate Search 7.2, Synchronization with the indexes</a>
 */
public final class IndexedWithoutDisk implements IndexingPlanSynchronizationStrategy {

    @Override
    public void apply(IndexingPlanSynchronizationStrategyConfigurationContext context) {
        context.documentCommitStrategy(DocumentCommitStrategy.NONE);
        context.documentRefreshStrategy(DocumentRefreshStrategy.NONE);
        context.indexingFutureHandler(indexing -> indexing.join().throwable().ifPresent(failure -> {
            throw new IllegalStateException("The free-text index could not be written", failure);
        }));
    }
}
