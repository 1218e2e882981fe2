package org.rapport.server.cli;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rapport.factor.Totp;
import org.rapport.factor.TotpSecret;

/**
 * Gives the one-time code that an authenticator app would show.
 *
 * <p>A code works once: when somebody else has used it, the codes of the half minutes around it are tried, and then
 * those to come.
 *
 * @param http keeps the cookies of this one visit
 */
record SecondStep(Http http, Clock clock) {

    private static final int SEE_OTHER = 303;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int ROUNDS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(30);

    /**
     * Sends codes until one is taken.
     *
     * @param hidden fields of the form
     * @param secret base32
     * @throws CommandFailure when none is taken
     */
    HttpResponse<String> give(URI page, List<Map.Entry<String, String>> hidden, String secret) {
        if (secret.isEmpty()) {
            throw new CommandFailure("The demo file names no authenticator app of that user (totpSecret).");
        }
        Set<Long> tried = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            if (round > 0) {
                System.err.println("The one-time codes of this half minute are used; waiting for the next one.");
                pause();
            }
            var answer = round(page, hidden, TotpSecret.ofBase32(secret), tried);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw new CommandFailure("The server takes no one-time code of that user.");
    }

    private Optional<HttpResponse<String>> round(
            URI page, List<Map.Entry<String, String>> hidden, TotpSecret secret, Set<Long> tried) {
        for (long step : new Totp(clock).steps()) {
            if (!tried.add(step)) {
                continue;
            }
            var form = new ArrayList<>(hidden);
            form.add(Map.entry("code", Totp.code(secret, step)));
            var answer = http.post(page, form, Map.of());
            if (answer.statusCode() == SEE_OTHER) {
                return Optional.of(answer);
            }
            if (answer.statusCode() == TOO_MANY_REQUESTS) {
                throw new CommandFailure("Too many failed sign-ins of that user; wait five minutes.");
            }
        }
        return Optional.empty();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted.", e);
        }
    }
}
