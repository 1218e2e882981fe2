package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Stream;
import org.rapport.harness.FhirSession;

/**
 * What is asked about one policy.
 *
 * @param uri of the policy; to read, with a version too
 */
record PolicyRequests(String uri) {

    static PolicyRequests ofANewPolicy() {
        return new PolicyRequests("https://house.example/privacy/" + UUID.randomUUID());
    }

    /** Publishes a version; each text begins with its language. */
    HttpResponse<String> publish(FhirSession session, String version, String... texts) {
        var parts = Stream.of(texts)
                .map(text -> """
                        , {"name": "text", "part": [
                          {"name": "language", "valueCode": "%s"}, {"name": "title", "valueString": "Privacy"},
                          {"name": "contentType", "valueCode": "text/markdown"}, {"name": "content", "valueString": "%s"}]}""".formatted(text.substring(0, 2), text))
                .reduce("", String::concat);
        return session.post("Consent/$publish-policy", """
                {"resourceType": "Parameters", "parameter": [
                  {"name": "uri", "valueUri": "%s"}, {"name": "version", "valueString": "%s"}%s]}
                """.formatted(uri, version, parts));
    }

    /** Asks for the text; what is asked besides begins with an ampersand. */
    HttpResponse<String> text(FhirSession session, String query) {
        return session.get("Consent/$policy-text?uri=" + encoded(uri) + query);
    }

    /** The text that a Provenance names, found by its policy and hash. */
    static String seen(FhirSession session, JsonNode provenance) {
        var hash = provenance.at("/entity/0/what/identifier/value").asText();
        var found = content(new PolicyRequests(provenance.at("/policy/0").asText()).text(session, "&sha256=" + hash));
        assertThat(hash).isEqualTo(sha256(found));
        return found;
    }

    static String content(HttpResponse<String> answer) {
        var document = FhirSession.json(answer);
        var data = document.at("/content/0/attachment/data").asText();
        return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
