package org.rapport.server.text;

import java.util.List;

/** The free-text index of this instance. */
interface TextIndex {

    /** Indexes these resources as they are now; a deleted one leaves the index. */
    void index(List<Row> rows);

    /** Brings to the disk what was indexed until now. */
    void toDisk();

    /**
     * A resource's row in the store.
     *
     * @param pid its number
     * @param type its resource type
     */
    record Row(long pid, String type) {}
}
