package org.rapport.admin.spring;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rapport.audit.Agent;
import org.rapport.registration.InitialAccessTokens;
import org.rapport.signing.SigningKey;
import org.rapport.signing.SigningKeys;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Signing keys, and the tokens by which applications register themselves. */
@AdminApi(path = "/admin/api")
class SecretsApi {

    private static final String AGENT = "org.rapport.audit.Agent";
    private static final int DAYS = 7;

    private final SigningKeys keys;
    private final InitialAccessTokens tokens;

    SecretsApi(SigningKeys keys, InitialAccessTokens tokens) {
        this.keys = keys;
        this.tokens = tokens;
    }

    /**
     * A token to be made.
     *
     * @param note whom it is for
     * @param uses how many applications it registers, 1 to 100; once when missing
     * @param days how long it works, 1 to 30; a week when missing
     */
    record Wanted(
            @Nullable String note,
            @Nullable Integer uses,
            @Nullable Integer days) {}

    @GetMapping("/keys")
    List<String> keys() {
        return keys.all().stream().map(SigningKey::id).toList();
    }

    /** Makes a new key, which signs as soon as everybody had time to learn it. */
    @PostMapping("/keys")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, String> rotate(@RequestAttribute(AGENT) Agent by) {
        return Map.of("kid", keys.rotateNow(by));
    }

    @GetMapping("/registration-tokens")
    List<InitialAccessTokens.Listed> tokens() {
        return tokens.list();
    }

    /** Answers with the token, this once. */
    @PostMapping("/registration-tokens")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, String> make(@RequestBody Wanted wanted, @RequestAttribute(AGENT) Agent by) {
        var life = Duration.ofDays(Objects.requireNonNullElse(wanted.days(), DAYS));
        var note = Objects.requireNonNullElse(wanted.note(), "");
        return Map.of("token", tokens.create(note, Objects.requireNonNullElse(wanted.uses(), 1), life, by));
    }

    @DeleteMapping("/registration-tokens/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(@PathVariable String id, @RequestAttribute(AGENT) Agent by) {
        if (!tokens.revoke(id, by)) {
            throw new AdminProblem.Unknown("There is no token with this id.");
        }
    }
}
