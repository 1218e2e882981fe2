package org.rapport.audit;

import java.util.Optional;

/**
 * A row of the audit log before it is written.
 *
 * @param request id of the request
 * @param agent who acted
 * @param deed what was asked for or done
 * @param status HTTP status of the answer; 0 for work in the background
 * @param entity what was acted on
 * @param query what a search asked, as it stood in the URL, or a word on how an act on identities was done; cut at 2,000
 *     characters
 * @param times how many like it the row stands for
 */
public record AuditEntry(
        String request, Agent agent, Deed deed, int status, Entity entity, Optional<String> query, int times) {

    private static final int LONGEST_QUERY = 2_000;

    /** Cuts the query. */
    public AuditEntry {
        query = query.map(text -> text.length() > LONGEST_QUERY ? text.substring(0, LONGEST_QUERY) : text);
    }
}
