package org.rapport.policy;

/** What came of publishing a version. */
public sealed interface Publication {

    /**
     * It is published as it was sent, now or before.
     *
     * @param version all of it, texts that were there before among them
     */
    record Published(PublishedVersion version) implements Publication {}

    /**
     * It was published before, and differently.
     *
     * @param what that differs, such as {@code text de}
     */
    record Different(String what) implements Publication {}
}
