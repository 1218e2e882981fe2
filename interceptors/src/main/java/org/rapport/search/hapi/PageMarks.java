package org.rapport.search.hapi;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import org.rapport.access.Caller;
import org.rapport.access.Scope;
import org.rapport.chain.SecretSealing;

/**
 * Says where a page begins in a form that tells nothing and that nobody else can use: a plain number would tell how much was
 * left out before, and whoever may choose the number finds the gaps.
 *
 * @param sealing keeps the number secret and bound to caller and search
 */
public record PageMarks(SecretSealing sealing) {

    /** Characters, between which any sealed number lies. */
    private static final int SHORTEST = 40;

    private static final int LONGEST = 200;

    /**
     * A mark.
     *
     * @param question the search as the caller asks it
     * @param offset how many matches come before the page, hidden ones included
     */
    String make(Caller caller, String question, int offset) {
        var plain = ByteBuffer.allocate(Integer.BYTES).putInt(offset).array();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(sealing.encrypt(plain, purpose(caller, question)));
    }

    /** What a mark says; empty for one that was made for another caller or search, or made up. */
    Optional<Integer> read(Caller caller, String question, String mark) {
        if (mark.length() < SHORTEST || mark.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return sealing.decrypt(Base64.getUrlDecoder().decode(mark), purpose(caller, question))
                    .map(plain -> ByteBuffer.wrap(plain).getInt());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String purpose(Caller caller, String question) {
        var scopes = caller.scopes().stream().map(Scope::text).sorted().collect(Collectors.joining(" "));
        return "page of " + caller.subject() + " by " + caller.clientId() + " for "
                + caller.patient().orElse("nobody") + " with " + scopes + ": " + question;
    }
}
