package org.rapport.contact;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address that mails can go to; no display name, no quotes.
 *
 * @param text such as {@code alice@example.org}
 */
public record MailAddress(String text) {

    private static final int LONGEST = 254;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
            + "@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]");

    /** The address in a text, without the blanks around it; empty when it is none. */
    public static Optional<MailAddress> parse(String text) {
        var stripped = text.strip();
        return stripped.length() <= LONGEST && FORM.matcher(stripped).matches()
                ? Optional.of(new MailAddress(stripped))
                : Optional.empty();
    }

    /** What two ways of writing one address have in common. */
    String normal() {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Nothing: an address has no place in a log. */
    @Override
    public String toString() {
        return "MailAddress";
    }
}
