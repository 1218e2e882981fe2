package org.rapport.clientkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.outbound.AllowedHosts;
import org.rapport.outbound.JsonDocuments.Document;
import org.rapport.smart.HandClock;
import org.rapport.smart.TestWorld;
import org.rapport.smart.Together;

class FetchedKeysTest {

    private static final String URI = "https://keys.example.org/jwks";
    private static final String KID = TestWorld.RSA.getKeyID();
    private static final String KEYS = new JWKSet(TestWorld.RSA.toPublicJWK()).toString();

    private final AtomicInteger fetches = new AtomicInteger();
    private volatile Optional<Document> document = Optional.of(new Document(KEYS, Optional.empty()));
    private final HandClock hand = new HandClock(Instant.parse("2026-03-01T08:00:00Z"));
    private final FetchedKeys keys =
            new FetchedKeys(new AllowedKeyHosts(new AllowedHosts(Set.of())), endpoint -> fetched(), hand);

    private Document fetched() throws IOException {
        fetches.incrementAndGet();
        return document.orElseThrow(() -> new IOException("away"));
    }

    @Test
    void areFetchedOnceForManyUses() {
        var answers = Together.times(20, i -> keys.of("a", URI, KID).isPresent());

        assertThat(answers).containsOnly(true);
        assertThat(fetches).hasValue(1);
    }

    @ParameterizedTest(name = "{index}: max-age {0} is kept for {1}")
    @CsvSource({"PT1S, PT5M", "PT7M, PT7M", "PT24H, PT15M"})
    void areKeptFor5To15Minutes(Duration wished, Duration kept) {
        document = Optional.of(new Document(KEYS, Optional.of(wished)));
        keys.of("a", URI, KID);

        hand.move(kept.minusSeconds(1));
        assertThat(keys.of("a", URI, KID)).isPresent();
        assertThat(fetches).hasValue(1);
        hand.move(Duration.ofSeconds(1));
        assertThat(keys.of("a", URI, KID)).isPresent();
        assertThat(fetches).hasValue(2);
    }

    @Test
    @DisplayName("OA-034: an unknown key is looked for once a minute and client")
    void areFetchedAgainForAnUnknownKeyOnceAMinute() {
        keys.of("a", URI, KID);
        for (int i = 0; i < 20; i++) {
            keys.of("a", URI, "unknown-" + i);
        }
        assertThat(fetches).hasValue(1);

        hand.move(Duration.ofMinutes(1));
        for (int i = 0; i < 20; i++) {
            keys.of("a", URI, "unknown-" + i);
        }
        assertThat(fetches).hasValue(2);
        keys.of("b", URI, KID);
        assertThat(fetches).hasValue(3);
    }

    @Test
    void outliveAFailureUntilTheyExpire() {
        keys.of("a", URI, KID);
        document = Optional.empty();

        hand.move(Duration.ofMinutes(9));
        keys.of("a", URI, "unknown");
        assertThat(keys.of("a", URI, KID)).isPresent();
        hand.move(Duration.ofMinutes(1));
        assertThat(keys.of("a", URI, KID)).isEmpty();
    }

    @Test
    void areNotAskedForAgainAtOnceAfterAFailure() {
        document = Optional.empty();

        assertThat(keys.of("a", URI, KID)).isEmpty();
        assertThat(keys.of("a", URI, KID)).isEmpty();
        assertThat(fetches).hasValue(1);
    }

    @Test
    void areNotFetchedFromWhereNothingMayBeFetched() {
        assertThat(keys.of("a", "https://10.0.0.1/jwks", KID)).isEmpty();
        assertThat(keys.of("b", "http://keys.example.org/jwks", KID)).isEmpty();
        assertThat(fetches).hasValue(0);
    }

    @Test
    void areRefusedWhenTheyArePrivateOrNonsense() {
        document = Optional.of(new Document(new JWKSet(TestWorld.RSA).toString(false), Optional.empty()));
        assertThat(keys.of("a", URI, KID)).isEmpty();
        document = Optional.of(new Document("{\"keys\":17}", Optional.empty()));
        assertThat(keys.of("b", URI, KID)).isEmpty();
    }
}
