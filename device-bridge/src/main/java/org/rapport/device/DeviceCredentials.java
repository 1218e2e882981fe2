package org.rapport.device;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.rapport.administration.DeviceLogins;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Issues, checks and revokes the secrets by which devices log in.
 *
 * <p>A secret is 256 random bits, shown once and stored as a bcrypt hash. Whether a credential is still valid is asked
 * of the database at each login; only the outcome of the slow hash is remembered.
 */
public final class DeviceCredentials implements DeviceLogins {

    private static final int MAX_SECRET_LENGTH = 72; // bcrypt looks at no more
    private static final int HASH_STRENGTH = 8; // enough against guessing, as the secrets are random
    private static final String UNKNOWN_DEVICE_HASH = new BCryptPasswordEncoder(HASH_STRENGTH).encode("unknown");

    private static final int MOST_LISTED = 200;

    private final JdbcClient jdbc;
    private final SecureRandom random;
    private final PasswordEncoder encoder;
    private final SecretKeySpec rememberKey;
    private final Cache<UUID, byte[]> verified = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterAccess(Duration.ofHours(1))
            .build();

    /**
     * Works on the table {@code device_credential}.
     *
     * @param jdbc the database
     * @param random source of the secrets
     */
    public DeviceCredentials(JdbcClient jdbc, SecureRandom random) {
        this.jdbc = jdbc;
        this.random = random;
        this.encoder = new BCryptPasswordEncoder(HASH_STRENGTH, random);
        this.rememberKey = new SecretKeySpec(randomBytes(32), "HmacSHA256");
    }

    @Override
    public List<Known> page(String search, int offset, int most) {
        return jdbc.sql(
                        "select device_id, count(*) filter (where revoked_at is null) as valid, max(created_at) as issued,"
                                + " case when bool_and(revoked_at is not null) then max(revoked_at) end as revoked"
                                + " from device_credential where position(lower(?) in lower(device_id)) > 0"
                                + " group by device_id order by device_id offset ? limit ?")
                .params(search, offset, Math.min(most, MOST_LISTED))
                .query((row, number) -> new Known(
                        row.getString("device_id"),
                        row.getInt("valid"),
                        row.getTimestamp("issued").toInstant(),
                        Optional.ofNullable(row.getTimestamp("revoked")).map(Timestamp::toInstant)))
                .list();
    }

    @Override
    public String issue(String deviceId) {
        if (!DeviceTopics.isDeviceId(deviceId)) {
            throw new IllegalArgumentException("A device id has 1 to 64 letters, digits, '-' or '.'");
        }
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes(32));
        jdbc.sql("insert into device_credential (id, device_id, secret_hash) values (?, ?, ?)")
                .params(UUID.randomUUID(), deviceId, encoder.encode(secret))
                .update();
        return secret;
    }

    /** Checks a login. Takes about as long for an unknown device as for a wrong secret. */
    public DeviceLogin verify(String deviceId, String secret) {
        if (!DeviceTopics.isDeviceId(deviceId) || secret.isEmpty() || tooLong(secret)) {
            return new DeviceLogin.Refused();
        }
        var stored = jdbc.sql("select id, secret_hash from device_credential"
                        + " where device_id = ? and revoked_at is null order by created_at desc")
                .param(deviceId)
                .query((row, number) -> new Stored(row.getObject("id", UUID.class), row.getString("secret_hash")))
                .list();
        if (stored.isEmpty()) {
            encoder.matches(secret, UNKNOWN_DEVICE_HASH);
        }
        return stored.stream()
                .filter(credential -> matches(secret, credential))
                .findFirst()
                .<DeviceLogin>map(credential -> new DeviceLogin.Accepted(deviceId, credential.id()))
                .orElseGet(DeviceLogin.Refused::new);
    }

    @Override
    public boolean revoke(String deviceId) {
        return jdbc.sql("update device_credential set revoked_at = now() where device_id = ? and revoked_at is null")
                        .param(deviceId)
                        .update()
                > 0;
    }

    /** Those of the devices that have a credential which has not been revoked. */
    public Set<String> admitted(Collection<String> deviceIds) {
        if (deviceIds.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(jdbc.sql("select distinct device_id from device_credential"
                        + " where device_id in (:ids) and revoked_at is null")
                .param("ids", deviceIds)
                .query(String.class)
                .list());
    }

    /** Those of the credentials that have not been revoked. */
    public Set<UUID> stillValid(Collection<UUID> credentialIds) {
        if (credentialIds.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(jdbc.sql("select id from device_credential where id in (:ids) and revoked_at is null")
                .param("ids", credentialIds)
                .query(UUID.class)
                .list());
    }

    private boolean matches(String secret, Stored credential) {
        byte[] tag = tag(secret);
        byte[] remembered = verified.getIfPresent(credential.id());
        if (remembered != null && MessageDigest.isEqual(remembered, tag)) {
            return true;
        }
        boolean matches = encoder.matches(secret, credential.hash());
        if (matches) {
            verified.put(credential.id(), tag);
        }
        return matches;
    }

    private byte[] tag(String secret) {
        try {
            var mac = Mac.getInstance(rememberKey.getAlgorithm());
            mac.init(rememberKey);
            return mac.doFinal(secret.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    private static boolean tooLong(String secret) {
        return secret.getBytes(StandardCharsets.UTF_8).length > MAX_SECRET_LENGTH;
    }

    private byte[] randomBytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private record Stored(UUID id, String hash) {}
}
