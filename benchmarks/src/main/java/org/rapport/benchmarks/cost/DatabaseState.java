package org.rapport.benchmarks.cost;

/**
 * What PostgreSQL has counted up to a moment.
 *
 * @param inserted rows
 * @param updated rows
 * @param deleted rows
 * @param walPosition end of the write-ahead log, in bytes
 * @param size of all tables and indexes, in bytes
 */
record DatabaseState(long inserted, long updated, long deleted, long walPosition, long size) {}
