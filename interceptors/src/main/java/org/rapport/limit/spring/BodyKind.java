package org.rapport.limit.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** What the header says a body is. */
enum BodyKind {
    /** A resource or a patch as JSON. */
    JSON,
    /** A resource or a patch as XML. */
    XML,
    /** The parameters of a search. */
    FORM,
    /** The content of a Binary. */
    RAW;

    private static final Set<String> JSON_TYPES =
            Set.of("application/fhir+json", "application/json", "application/json+fhir", "application/json-patch+json");
    private static final Set<String> XML_TYPES = Set.of(
            "application/fhir+xml", "application/xml", "application/xml+fhir", "text/xml", "application/xml-patch+xml");

    /** The kind of a request's body; empty for a kind that is not taken there. */
    static Optional<BodyKind> of(HttpServletRequest request, String path) {
        return mediaType(request).flatMap(type -> of(type.getType() + "/" + type.getSubtype(), path));
    }

    /** Whether the header names a character set other than the one there is. */
    static boolean hasForeignCharset(HttpServletRequest request) {
        return mediaType(request)
                .map(MediaType::getCharset)
                .filter(charset -> !charset.equals(StandardCharsets.UTF_8))
                .isPresent();
    }

    private static Optional<BodyKind> of(String type, String path) {
        if (JSON_TYPES.contains(type)) {
            return Optional.of(JSON);
        }
        if (XML_TYPES.contains(type)) {
            return Optional.of(XML);
        }
        if (path.startsWith("/Binary")) {
            return Optional.of(RAW);
        }
        return type.equals("application/x-www-form-urlencoded") && path.endsWith("/_search")
                ? Optional.of(FORM)
                : Optional.empty();
    }

    private static Optional<MediaType> mediaType(HttpServletRequest request) {
        try {
            return Optional.ofNullable(request.getContentType()).map(MediaType::parseMediaType);
        } catch (InvalidMediaTypeException e) {
            return Optional.empty();
        }
    }
}
