package org.rapport.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityLog;
import org.rapport.masterkey.MasterKey;
import org.rapport.masterkey.UnusableMasterKey;
import org.rapport.smart.HandClock;
import org.rapport.smart.TestServer;
import org.rapport.smart.Together;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

class SigningKeysTest {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final Duration EVERY = Duration.ofDays(90);
    private static final Duration OVERLAP = Duration.ofHours(1);
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(30);
    private static final Agent ADMIN = Agent.signedIn("admin", "192.0.2.1");

    /** Made once: a new one takes half a second, and the tests are about when, not how. */
    private static final List<KeyPair> PAIRS =
            Stream.generate(SigningKeys::newKey).limit(4).toList();

    private final AtomicInteger next = new AtomicInteger();

    @TempDir
    private Path folder;

    private final String schema = "s" + UUID.randomUUID().toString().replace("-", "");
    private final HandClock hand = new HandClock(START);
    private JdbcClient database;
    private SigningKeys.Store store;
    private MasterKey masterKey;
    private SigningKeys keys;

    /** A table of its own, beside that of the running server. */
    @BeforeEach
    void connect() throws SQLException {
        var shared = TestServer.shared().bean(DataSource.class);
        try (var connection = shared.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema);
            statement.execute("CREATE TABLE " + schema + ".signing_key (LIKE public.signing_key INCLUDING ALL)");
            var url = connection.getMetaData().getURL();
            var own = new DriverManagerDataSource(
                    url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema + ",public", "postgres", "");
            database = JdbcClient.create(own);
            store = new SigningKeys.Store(
                    database,
                    new TransactionTemplate(new DataSourceTransactionManager(own)),
                    () -> PAIRS.get(next.getAndIncrement() % PAIRS.size()));
        }
        masterKey = MasterKey.fromFile(folder.resolve("master.key"));
        keys = instance(masterKey);
    }

    @AfterEach
    void clean() {
        database.sql("DROP SCHEMA " + schema + " CASCADE").update();
    }

    private SigningKeys instance(MasterKey with) {
        return new SigningKeys(
                store, with, new KeyPlan(EVERY, OVERLAP), TestServer.shared().bean(SecurityLog.class), hand);
    }

    private KeyRing ring() {
        return new KeyRing(keys, hand);
    }

    private static List<String> published(KeyRing ring) {
        return ids(ring.get(new JWKSelector(new JWKMatcher.Builder().build()), null));
    }

    private static String signer(KeyRing ring) {
        try {
            return ids(ring.signing().get(new JWKSelector(new JWKMatcher.Builder().build()), null))
                    .get(0);
        } catch (KeySourceException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean verifies(KeyRing ring, String kid) {
        return !ring.get(new JWKSelector(new JWKMatcher.Builder().keyID(kid).build()), null)
                .isEmpty();
    }

    private static List<String> ids(List<JWK> keys) {
        return keys.stream().map(JWK::getKeyID).toList();
    }

    @Test
    void areMadeOnceByInstancesThatStartTogether() {
        var kids = Together.times(8, i -> {
            var instance = instance(masterKey);
            instance.prepare();
            return instance.all().stream().map(SigningKey::id).toList();
        });

        assertThat(kids).allMatch(found -> found.size() == 1);
        assertThat(kids.stream().distinct()).hasSize(1);
    }

    @Test
    @DisplayName("CR-003: another master key stops the start with one sentence")
    void stopTheStartUnderAnotherMasterKey() {
        keys.prepare();
        var other = instance(MasterKey.fromFile(folder.resolve("other.key")));

        assertThatExceptionOfType(UnusableMasterKey.class)
                .isThrownBy(other::prepare)
                .withMessageContaining("rapport.keys.master-key-file");
    }

    @Test
    void areNotReadableInTheDatabase() {
        keys.prepare();
        var stored = database.sql("SELECT private_key FROM signing_key")
                .query((row, number) -> new String(row.getBytes(1), StandardCharsets.ISO_8859_1))
                .list();

        assertThat(stored).isNotEmpty().allMatch(key -> !key.contains("\"d\"") && !key.contains("RSA"));
    }

    @Test
    void areEncryptedAnewUnderANewMasterKey() throws IOException {
        keys.prepare();
        var file = folder.resolve("master.key");
        var next = folder.resolve("next.key");
        MasterKey.fromFile(next);
        var old = Files.readString(file);
        Files.writeString(next, Files.readString(next).strip() + "\n" + old);

        var renewed = instance(MasterKey.fromFile(next));
        renewed.prepare();
        Files.writeString(next, Files.readAllLines(next).get(0));

        assertThat(instance(MasterKey.fromFile(next)).all())
                .extracting(SigningKey::id)
                .containsExactlyElementsOf(
                        renewed.all().stream().map(SigningKey::id).toList());
    }

    @Test
    @DisplayName("OA-049: a new key is published an overlap before it signs, the old one verifies an overlap longer")
    void areRotatedWithOverlap() {
        keys.prepare();
        var ring = ring();
        var first = signer(ring);

        lookAt(START.plus(EVERY).minus(OVERLAP).minusSeconds(10));
        assertThat(published(ring)).containsExactly(first);

        lookAt(START.plus(EVERY).minus(OVERLAP));
        assertThat(published(ring)).hasSize(2).contains(first);
        assertThat(signer(ring)).isEqualTo(first);

        lookAt(START.plus(EVERY));
        var second = signer(ring);
        assertThat(second).isNotEqualTo(first);
        assertThat(published(ring)).containsExactlyInAnyOrder(first, second);

        lookAt(START.plus(EVERY).plus(OVERLAP).minusSeconds(10));
        assertThat(verifies(ring, first)).isTrue();

        lookAt(START.plus(EVERY).plus(OVERLAP));
        assertThat(published(ring)).containsExactly(second);
    }

    /** The work looks, and five seconds later every instance knows what came of it. */
    private void lookAt(Instant moment) {
        hand.set(moment);
        keys.rotateIfDue();
        hand.move(Duration.ofSeconds(5));
    }

    @Test
    @DisplayName("OA-049: every token signed while keys rotate verifies on every instance until it expires")
    void verifyEverywhereWhatWasSignedWhileTheyRotate() {
        keys.prepare();
        var one = ring();
        var other = ring();
        record Token(String kid, Instant expires) {}
        var tokens = new ArrayList<Token>();
        hand.set(START.plus(EVERY).minus(OVERLAP.multipliedBy(2)));
        for (int minutes = 0; minutes < 5 * 60; minutes += 2) {
            (minutes % 4 == 0 ? keys : instance(masterKey)).rotateIfDue();
            tokens.add(new Token(
                    signer(minutes % 6 == 0 ? one : other), hand.instant().plus(TOKEN_LIFE)));
            var now = hand.instant();
            tokens.removeIf(token -> !token.expires().isAfter(now));
            assertThat(tokens).allMatch(token -> verifies(one, token.kid()) && verifies(other, token.kid()));
            hand.move(Duration.ofMinutes(2));
        }
        assertThat(tokens).extracting(Token::kid).doesNotContain("").isNotEmpty();
        assertThat(published(one)).hasSize(1).isEqualTo(published(other));
    }

    @Test
    void areRotatedOnceByInstancesThatLookTogether() {
        keys.prepare();
        hand.set(START.plus(EVERY));

        Together.times(8, i -> {
            instance(masterKey).rotateIfDue();
            return i;
        });

        assertThat(keys.all()).hasSize(2);
    }

    @Test
    @DisplayName("OA-049: an administrator rotates at once; every instance knows the new key before it signs")
    void areRotatedAtOnceWhenAsked() {
        keys.prepare();
        var one = ring();
        var other = ring();
        var first = signer(one);

        var second = keys.rotateNow(ADMIN);

        hand.move(Duration.ofSeconds(5));
        assertThat(published(other)).containsExactlyInAnyOrder(first, second);
        assertThat(signer(one)).isEqualTo(first);
        hand.move(SigningKeys.AT_ONCE);
        assertThat(signer(one)).isEqualTo(second);
        assertThat(signer(other)).isEqualTo(second);
        assertThat(verifies(other, first)).isTrue();
        keys.rotateIfDue();
        assertThat(keys.all()).hasSize(2);
    }

    @Test
    void areLookedForWhenATokenNamesAnUnknownOneOnceASecond() {
        keys.prepare();
        var ring = ring();
        var second = keys.rotateNow(ADMIN);
        assertThat(verifies(ring, second)).isFalse();

        hand.move(Duration.ofSeconds(1));

        assertThat(verifies(ring, second)).isTrue();
    }

    @Test
    void stayInUseWhileTheDatabaseIsAway() {
        keys.prepare();
        var ring = ring();
        var first = signer(ring);
        database.sql("ALTER TABLE signing_key RENAME COLUMN private_key TO away")
                .update();

        hand.move(Duration.ofMinutes(5));

        assertThat(verifies(ring, first)).isTrue();
        assertThat(signer(ring)).isEqualTo(first);
    }
}
