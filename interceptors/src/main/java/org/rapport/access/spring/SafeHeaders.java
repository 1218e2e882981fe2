package org.rapport.access.spring;

import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.List;
import org.rapport.access.PublicOrigin;
import org.springframework.security.web.header.Header;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.StaticHeadersWriter;

/** Headers that keep an answer from being framed, run, stored or told to other sites; HSTS only where the outside speaks https. */
public final class SafeHeaders {

    /** The content policy of what is no page. */
    public static final String NO_CONTENT = "default-src 'none'; frame-ancestors 'none'";

    private SafeHeaders() {}

    /** Sets them on every answer; what an answer sets itself is left alone. */
    public static Filter filter(PublicOrigin origin, String contentPolicy, Header... more) {
        var headers = new ArrayList<>(List.of(more));
        headers.add(new Header("X-Content-Type-Options", "nosniff"));
        headers.add(new Header("Content-Security-Policy", contentPolicy));
        headers.add(new Header("Referrer-Policy", "no-referrer"));
        headers.add(new Header("Cache-Control", "no-store"));
        if (origin.secure()) {
            headers.add(new Header("Strict-Transport-Security", "max-age=31536000"));
        }
        return new HeaderWriterFilter(List.of(new StaticHeadersWriter(headers)));
    }
}
