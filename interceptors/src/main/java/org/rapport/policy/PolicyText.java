package org.rapport.policy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a version of a policy says in one language.
 *
 * @param language a tag of BCP 47, such as {@code de} or {@code pt-BR}
 * @param title for people
 * @param contentType {@code text/plain} or {@code text/markdown}
 * @param content the text, without HTML
 */
public record PolicyText(String language, String title, String contentType, String content) {

    /** The hash of the content in UTF-8, in hexadecimal: what a Provenance names the text by. */
    public String sha256() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
