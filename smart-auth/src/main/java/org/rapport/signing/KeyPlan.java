package org.rapport.signing;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * When keys are made, sign and end. In all lists the key that signs last comes first.
 *
 * @param rotateEvery how long a key signs
 * @param overlap how long a new key is published before it signs, and an old one after it has signed
 */
public record KeyPlan(Duration rotateEvery, Duration overlap) {

    private static final Duration MARGIN = Duration.ofMinutes(5);

    static final Comparator<SigningKey> LATEST_FIRST =
            Comparator.comparing(SigningKey::signsFrom).reversed();

    /** The same, if need be with an overlap that outlasts tokens of this life by five minutes. */
    public KeyPlan outliving(Duration tokenLife) {
        var least = tokenLife.plus(MARGIN);
        return overlap.compareTo(least) < 0 ? new KeyPlan(rotateEvery, least) : this;
    }

    /** The key that signs now: the latest whose time has come, or the only one. */
    SigningKey signing(List<SigningKey> keys, Instant now) {
        return keys.stream()
                .filter(key -> !key.signsFrom().isAfter(now))
                .findFirst()
                .orElseGet(() -> keys.get(keys.size() - 1));
    }

    /** From when a further key signs, if it is time to make one. */
    Optional<Instant> next(List<SigningKey> keys, Instant now) {
        var latest = keys.get(0).signsFrom();
        if (now.isBefore(latest.plus(rotateEvery).minus(overlap)) || latest.isAfter(now)) {
            return Optional.empty();
        }
        var planned = latest.plus(rotateEvery);
        var earliest = now.plus(overlap);
        return Optional.of(planned.isAfter(earliest) ? planned : earliest);
    }

    /** The keys whose last token has expired. */
    List<SigningKey> ended(List<SigningKey> keys, Instant now) {
        int successors = (int) keys.stream()
                .filter(key -> !key.signsFrom().plus(overlap).isAfter(now))
                .count();
        // each but the last of those that have signed for a whole overlap has a successor of that age
        return successors < 2 ? List.of() : keys.subList(keys.size() - successors + 1, keys.size());
    }
}
