package org.rapport.limit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.rapport.failure.Failure;

/** Looks over the address of a request and the form of a search. */
public final class AddressCheck {

    private static final Pattern SEGMENT = Pattern.compile("[$_]?[A-Za-z0-9\\-.]{1,64}");

    private AddressCheck() {}

    /**
     * What is wrong with an address below the FHIR base; empty when nothing is.
     *
     * @param path what follows the base, as it came
     * @param query the query as it came; empty when there is none
     */
    public static Optional<Failure> check(String path, String query) {
        if (path.length() + query.length() > RequestLimits.ADDRESS) {
            return Optional.of(Failure.of(414, "too-long", "The address is too long; search with POST"));
        }
        var segments = path.replaceFirst("^/", "").replaceFirst("/$", "");
        boolean wellFormed = segments.isEmpty()
                || Pattern.compile("/").splitAsStream(segments).allMatch(part -> isOpen(part) || isSegment(part));
        return wellFormed ? checkParameters(query) : Optional.of(Failure.invalid("The address is not one of FHIR's"));
    }

    /** What is wrong with parameters, from a query or a form; empty when nothing is. */
    public static Optional<Failure> checkParameters(String parameters) {
        if (parameters.chars().filter(c -> c == '&').count() >= RequestLimits.PARAMETERS) {
            return Optional.of(Failure.of(400, "too-costly", "The request has too many parameters"));
        }
        return isText(parameters)
                ? Optional.empty()
                : Optional.of(Failure.invalid("A parameter is not text in UTF-8, percent-encoded"));
    }

    private static boolean isOpen(String part) {
        return part.equals(".well-known");
    }

    private static boolean isSegment(String part) {
        return SEGMENT.matcher(part).matches() && !part.equals(".") && !part.equals("..");
    }

    private static boolean isText(String encoded) {
        var bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c > 0x7E || c < 0x20) {
                return false;
            }
            if (c == '%') {
                int value = i + 2 < encoded.length() ? hex(encoded.charAt(i + 1), encoded.charAt(i + 2)) : -1;
                if (value <= 0) {
                    return false;
                }
                bytes.write(value);
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static int hex(char high, char low) {
        int value = Character.digit(high, 16) * 16 + Character.digit(low, 16);
        return Character.digit(high, 16) < 0 || Character.digit(low, 16) < 0 ? -1 : value;
    }
}
