package org.rapport.siem;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * Writes messages in the form of syslog, framed by their length for TCP and TLS.
 *
 * @param host what this server is called
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5424#section-6">RFC 5424, 6</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6587#section-3.4.1">RFC 6587, 3.4.1</a>
 */
record SyslogMessage(String host) {

    /** Facility 13, log audit. */
    private static final int FACILITY = 13;

    private static final int NOTICE = 5;
    private static final int WARNING = 4;
    private static final int ERROR = 3;
    private static final int REFUSED = 400;
    private static final int FAILED = 500;
    private static final int LONGEST_NAME = 32;
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[^\\x21-\\x7e]");

    /**
     * One message with its length before it.
     *
     * @param recorded when it happened
     * @param deed what kind of message it is
     * @param status HTTP status, which tells how bad it is
     * @param json what it says
     */
    byte[] framed(Instant recorded, String deed, int status, String json) {
        var message = "<%d>1 %s %s rapport - %s - \ufeff%s"
                .formatted(
                        FACILITY * 8 + severity(status),
                        recorded.truncatedTo(ChronoUnit.MICROS),
                        name(host, 255),
                        name(deed, LONGEST_NAME),
                        json)
                .getBytes(StandardCharsets.UTF_8);
        var length = (message.length + " ").getBytes(StandardCharsets.US_ASCII);
        var frame = new byte[length.length + message.length];
        System.arraycopy(length, 0, frame, 0, length.length);
        System.arraycopy(message, 0, frame, length.length, message.length);
        return frame;
    }

    private static int severity(int status) {
        if (status >= FAILED) {
            return ERROR;
        }
        return status >= REFUSED ? WARNING : NOTICE;
    }

    private static String name(String text, int longest) {
        var printable = NOT_PRINTABLE.matcher(text).replaceAll("");
        return printable.isEmpty() ? "-" : printable.substring(0, Math.min(longest, printable.length()));
    }
}
