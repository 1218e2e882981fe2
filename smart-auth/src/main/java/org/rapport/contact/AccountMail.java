package org.rapport.contact;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;
import java.util.Objects;

/**
 * A mail about an account, before it is written out.
 *
 * @param username whose account it is about
 * @param message names the messages {@code mail.<message>.subject} and {@code .text}
 * @param link what the text leads to; empty when it leads nowhere
 */
public record AccountMail(MailAddress to, String username, String message, String link) {

    byte[] toBytes() {
        return JSONObjectUtils.toJSONString(
                        Map.of("to", to.text(), "username", username, "message", message, "link", link))
                .getBytes(StandardCharsets.UTF_8);
    }

    static AccountMail ofBytes(byte[] bytes) {
        try {
            var json = JSONObjectUtils.parse(new String(bytes, StandardCharsets.UTF_8));
            return new AccountMail(
                    new MailAddress(part(json, "to")),
                    part(json, "username"),
                    part(json, "message"),
                    part(json, "link"));
        } catch (ParseException e) {
            throw new IllegalStateException("An account mail cannot be read back.", e);
        }
    }

    private static String part(Map<String, Object> json, String name) {
        return Objects.requireNonNull(json.get(name)).toString();
    }

    /** The kind without address and link, which may hold a token. */
    @Override
    public String toString() {
        return "AccountMail[" + message + "]";
    }
}
