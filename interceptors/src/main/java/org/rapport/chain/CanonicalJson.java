package org.rapport.chain;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes flat JSON objects of texts and whole numbers in the one form that can be hashed: members in the order of their
 * names, no space, and no escape but those that must be.
 *
 * <p>A number beyond 2<sup>53</sup>, which not every reader of JSON can hold, is written as a text.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8785">RFC 8785, JSON Canonicalization Scheme</a>
 */
public final class CanonicalJson {

    private static final long LARGEST_NUMBER = 1L << 53;

    private CanonicalJson() {}

    /**
     * The object as UTF-8.
     *
     * @param members names of ASCII letters; values are {@link String} or {@link Long}
     */
    public static byte[] bytes(SortedMap<String, ?> members) {
        return text(members).getBytes(StandardCharsets.UTF_8);
    }

    /** The object as text. */
    public static String text(SortedMap<String, ?> members) {
        var json = new StringBuilder("{");
        for (Map.Entry<String, ?> member : members.entrySet()) {
            if (json.length() > 1) {
                json.append(',');
            }
            quote(json, member.getKey());
            json.append(':');
            if (member.getValue() instanceof Long number && Math.abs(number) <= LARGEST_NUMBER) {
                json.append(number.longValue());
            } else {
                quote(json, member.getValue().toString());
            }
        }
        return json.append('}').toString();
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int at = 0; at < text.length(); at++) {
            char each = text.charAt(at);
            switch (each) {
                case '"', '\\' -> json.append('\\').append(each);
                case '\b' -> json.append("\\b");
                case '\t' -> json.append("\\t");
                case '\n' -> json.append("\\n");
                case '\f' -> json.append("\\f");
                case '\r' -> json.append("\\r");
                default -> {
                    if (each < ' ') {
                        json.append(String.format("\\u%04x", (int) each));
                    } else {
                        json.append(each);
                    }
                }
            }
        }
        json.append('"');
    }
}
