package org.rapport.benchmarks.cost;

/**
 * What one operation costs, as a mean; a fraction comes from work shared by several operations.
 *
 * @param executions statements sent through JDBC, a batch counted once
 * @param inserted rows
 * @param updated rows
 * @param deleted rows
 * @param walBytes written to the write-ahead log
 * @param storedBytes added to tables and indexes for each resource stored; 0 where none is
 */
public record Cost(
        double executions, double inserted, double updated, double deleted, double walBytes, double storedBytes) {

    /** Rows inserted, updated and deleted. */
    public double rows() {
        return inserted + updated + deleted;
    }
}
