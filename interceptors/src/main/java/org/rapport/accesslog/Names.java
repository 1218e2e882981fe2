package org.rapport.accesslog;

import java.util.Optional;

/** What people are called. */
@FunctionalInterface
public interface Names {

    /** The name of the person behind a relative reference, such as {@code Practitioner/dr-adams}. */
    Optional<String> of(String reference);
}
