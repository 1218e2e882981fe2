package org.rapport.export;

import java.time.Instant;
import org.rapport.failure.Failure;

/** What has become of an export. */
public sealed interface ExportStatus {

    /**
     * It is not done yet.
     *
     * @param percent how far it has come, 0 to 99
     */
    record Running(int percent) implements ExportStatus {}

    /**
     * It can be fetched.
     *
     * @param url what was asked for
     * @param until nothing that was changed after this moment is in it
     * @param expires until when it is kept
     */
    record Done(String url, Instant until, Instant expires) implements ExportStatus {}

    /**
     * It was given up.
     *
     * @param failure what to answer
     */
    record Failed(Failure failure) implements ExportStatus {}
}
