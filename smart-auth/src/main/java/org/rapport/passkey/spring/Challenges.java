package org.rapport.passkey.spring;

import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.rapport.smart.TokenHash;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.api.Bytes;

/** Gives each ceremony a random challenge that belongs to one session and can be answered once, for five minutes. */
final class Challenges {

    private static final String ATTRIBUTE = "org.rapport.passkey.challenge";

    private final JdbcClient database;

    Challenges(JdbcClient database) {
        this.database = database;
    }

    Bytes create(HttpSession session) {
        var challenge = Bytes.random();
        database.sql("DELETE FROM passkey_challenge WHERE expires_at < now()").update();
        database.sql("INSERT INTO passkey_challenge (challenge_hash, expires_at) VALUES (?, now() + interval '5"
                        + " minutes')")
                .param(TokenHash.of(challenge.toBase64UrlString()))
                .update();
        session.setAttribute(ATTRIBUTE, challenge.toBase64UrlString());
        return challenge;
    }

    /** Of many answers at once the one that deletes the row is looked at. */
    Optional<Bytes> spend(HttpSession session) {
        if (!(session.getAttribute(ATTRIBUTE) instanceof String challenge)) {
            return Optional.empty();
        }
        session.removeAttribute(ATTRIBUTE);
        boolean first = database.sql("DELETE FROM passkey_challenge WHERE challenge_hash = ? AND expires_at > now()")
                        .param(TokenHash.of(challenge))
                        .update()
                == 1;
        return first ? Optional.of(Bytes.fromBase64(challenge)) : Optional.empty();
    }
}
