package org.rapport.smart;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.web.util.HtmlUtils;

/** The ways in which a text is written when it is put into an address, a page, a header or a form. */
final class Encoded {

    /** Bytes before a text in Base64 shift its letters in three ways. */
    private static final int SHIFTS = 3;

    /** Letters at either end that depend on what stands beside the text. */
    private static final int EDGE = 4;

    private static final int SHORTEST = 12;

    private Encoded() {}

    static Set<String> forms(String text) {
        var forms = new LinkedHashSet<String>();
        forms.add(text);
        forms.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
        forms.add(HtmlUtils.htmlEscape(text));
        forms.add(text.replace("\"", "\\\""));
        for (int shift = 0; shift < SHIFTS; shift++) {
            var bytes = ("x".repeat(shift) + text).getBytes(StandardCharsets.UTF_8);
            inner(forms, Base64.getEncoder().withoutPadding().encodeToString(bytes));
            inner(forms, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        return forms;
    }

    private static void inner(Set<String> forms, String encoded) {
        if (encoded.length() >= SHORTEST + 2 * EDGE) {
            forms.add(encoded.substring(EDGE, encoded.length() - EDGE));
        }
    }
}
