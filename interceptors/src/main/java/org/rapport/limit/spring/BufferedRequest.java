package org.rapport.limit.spring;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** A request whose body was read, unpacked and checked; it shows the body as if it had come so. */
final class BufferedRequest extends HttpServletRequestWrapper {

    private static final String ENCODING = "Content-Encoding";

    private final byte[] body;
    private final Optional<Map<String, String[]>> form;

    private BufferedRequest(HttpServletRequest request, byte[] body, Optional<Map<String, String[]>> form) {
        super(request);
        this.body = body;
        this.form = form;
    }

    static BufferedRequest of(HttpServletRequest request, byte[] body) {
        return new BufferedRequest(request, body, Optional.empty());
    }

    /** With parameters that came in the body besides those of the query. */
    static BufferedRequest ofForm(HttpServletRequest request, byte[] body) {
        var all = new LinkedHashMap<String, String[]>();
        var text = Optional.ofNullable(request.getQueryString())
                        .map(query -> query + "&")
                        .orElse("")
                + new String(body, StandardCharsets.US_ASCII);
        UriComponentsBuilder.newInstance()
                .query(text.replace("+", "%20"))
                .build()
                .getQueryParams()
                .forEach((name, values) -> all.put(
                        decoded(name),
                        values.stream().map(BufferedRequest::decoded).toArray(String[]::new)));
        return new BufferedRequest(request, body, Optional.of(all));
    }

    private static String decoded(@Nullable String text) {
        return text == null ? "" : URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public ServletInputStream getInputStream() {
        return new Replay(body);
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8));
    }

    @Override
    public int getContentLength() {
        return body.length;
    }

    @Override
    public long getContentLengthLong() {
        return body.length;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return name.equalsIgnoreCase(ENCODING) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return name.equalsIgnoreCase(ENCODING) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                .filter(name -> !name.equalsIgnoreCase(ENCODING))
                .toList());
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return form.orElseGet(super::getParameterMap);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return getParameterMap().get(name);
    }

    @Override
    public @Nullable String getParameter(String name) {
        var values = getParameterValues(name);
        return values == null || values.length == 0 ? null : values[0];
    }

    private static final class Replay extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        Replay(byte[] body) {
            bytes = new ByteArrayInputStream(body);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return bytes.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("The body is here already; read it.");
        }
    }
}
