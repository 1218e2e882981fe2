package org.rapport.benchmarks.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import org.jspecify.annotations.Nullable;

/** Counts the statements sent through JDBC from any thread but those of the background, a batch once. */
final class StatementCounter implements QueryExecutionListener {

    private final Set<String> uncountedTables;
    private final Pattern backgroundThreads;
    private final AtomicLong count = new AtomicLong();
    private @Nullable List<String> texts;

    StatementCounter(Set<String> uncountedTables, Pattern backgroundThreads) {
        this.uncountedTables = uncountedTables;
        this.backgroundThreads = backgroundThreads;
    }

    long count() {
        return count.get();
    }

    /** Starts to keep the statements' texts. */
    synchronized void record() {
        texts = new ArrayList<>();
    }

    /** The texts kept since {@link #record}, in order; keeps no more. */
    synchronized List<String> recorded() {
        var recorded = texts == null ? List.<String>of() : List.copyOf(texts);
        texts = null;
        return recorded;
    }

    @Override
    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {}

    @Override
    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        var text = queries.isEmpty() ? "" : queries.get(0).getQuery();
        if (writesUncounted(text) || inBackground()) {
            return;
        }
        count.incrementAndGet();
        keep(execution.getBatchSize() > 1 ? text + " -- batch of " + execution.getBatchSize() : text);
    }

    private synchronized void keep(String text) {
        if (texts != null) {
            texts.add(text);
        }
    }

    private boolean inBackground() {
        return backgroundThreads.matcher(Thread.currentThread().getName()).matches();
    }

    private boolean writesUncounted(String text) {
        var words = text.strip().toLowerCase(Locale.ROOT).split("[\\s(]+", 4);
        return words.length > 2
                && words[0].equals("insert")
                && uncountedTables.contains(words[2].substring(words[2].lastIndexOf('.') + 1));
    }
}
