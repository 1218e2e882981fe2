package org.rapport.delivery;

import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.Caller;

/** What the author of a Subscription may see, by the one access decision and as things are now. */
public interface AuthorRights {

    /** Whether there may be resources of a type that the author may search and read. */
    boolean mayWatch(Caller author, String type);

    /** Whether the author may read this resource. */
    boolean mayRead(Caller author, Resource resource);
}
