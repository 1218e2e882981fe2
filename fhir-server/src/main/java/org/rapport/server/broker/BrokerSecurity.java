package org.rapport.server.broker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.protocol.mqtt.exceptions.InvalidClientIdException;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.NoCacheLoginException;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.jspecify.annotations.Nullable;
import org.rapport.device.BridgeLogin;
import org.rapport.device.DeviceCredentials;
import org.rapport.device.DeviceLogin;
import org.rapport.device.DeviceTopics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Lets in devices and the bridge, each under its own client id, and decides on every topic.
 *
 * <p>A connection is authenticated once; afterwards its subject is reused until the credential is revoked and the
 * connection with it.
 */
final class BrokerSecurity implements ActiveMQSecurityManager5 {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerSecurity.class);

    private final DeviceCredentials credentials;
    private final BridgeLogin bridge;

    BrokerSecurity(DeviceCredentials credentials, BridgeLogin bridge) {
        this.credentials = credentials;
        this.bridge = bridge;
    }

    /** Refuses a login that cannot succeed, to prove that the credentials can be read. */
    boolean works() {
        return credentials.verify("self-check", "wrong") instanceof DeviceLogin.Refused;
    }

    @Override
    public @Nullable Subject authenticate(
            @Nullable String user,
            @Nullable String password,
            @Nullable RemotingConnection connection,
            @Nullable String securityDomain)
            throws NoCacheLoginException {
        if (user == null || password == null || connection == null) {
            return null;
        }
        if (isBridge(user)) {
            return isBridgePassword(password) ? subject(user, Set.of()) : null;
        }
        if (!DeviceTopics.isDeviceId(user)) {
            return null;
        }
        if (!DeviceTopics.mayUseClientId(user, String.valueOf(connection.getClientID()))) {
            throw new InvalidClientIdException();
        }
        var known = connection.getSubject();
        return known != null && user.equals(userOf(known)) ? known : login(user, password, connection);
    }

    private @Nullable Subject login(String user, String password, RemotingConnection connection)
            throws NoCacheLoginException {
        try {
            return credentials.verify(user, password) instanceof DeviceLogin.Accepted accepted
                    ? subject(user, Set.of(accepted.credentialId()))
                    : null;
        } catch (DataAccessException e) {
            LOG.warn("A device could not log in because the database did not answer", e);
            PacketGuard.of(connection).refuseAsUnavailable();
            throw new NoCacheLoginException("database");
        }
    }

    @Override
    public boolean authorize(
            @Nullable Subject subject, @Nullable Set<Role> roles, CheckType checkType, String address) {
        var user = subject == null ? null : userOf(subject);
        if (user == null) {
            return false;
        }
        return isBridge(user) ? bridgeMay(checkType, address) : deviceMay(user, checkType, address);
    }

    private static boolean deviceMay(String deviceId, CheckType checkType, String address) {
        return switch (checkType) {
            case SEND -> DeviceTopics.mayPublish(deviceId, address);
            case CREATE_ADDRESS -> DeviceTopics.maySubscribe(deviceId, address);
            case CREATE_DURABLE_QUEUE,
                    CREATE_NON_DURABLE_QUEUE,
                    DELETE_DURABLE_QUEUE,
                    DELETE_NON_DURABLE_QUEUE,
                    CONSUME -> isOwnSubscription(deviceId, address);
            default -> false;
        };
    }

    /** A subscription's queue is called {@code <client id>.<topic filter>}. */
    private static boolean isOwnSubscription(String deviceId, String address) {
        int colons = address.indexOf("::");
        if (colons < 0) {
            return DeviceTopics.maySubscribe(deviceId, address);
        }
        var filter = address.substring(0, colons);
        var queue = address.substring(colons + 2);
        return DeviceTopics.maySubscribe(deviceId, filter)
                && queue.endsWith("." + filter)
                && DeviceTopics.mayUseClientId(deviceId, queue.substring(0, queue.length() - filter.length() - 1));
    }

    private static boolean bridgeMay(CheckType checkType, String address) {
        return switch (checkType) {
            case SEND, CREATE_ADDRESS -> {
                var levels = address.split("/", -1);
                yield levels.length == 3 && DeviceTopics.maySubscribe(levels[1], address);
            }
            case CONSUME ->
                address.equals(BridgeQueue.ADDRESS) || address.equals(BridgeQueue.ADDRESS + "::" + BridgeQueue.NAME);
            default -> false;
        };
    }

    /** The device credential by which a connection was let in; empty for the bridge and before the login. */
    static Optional<UUID> credentialOf(@Nullable Subject subject) {
        return subject == null
                ? Optional.empty()
                : subject.getPrivateCredentials(UUID.class).stream().findAny();
    }

    private static Subject subject(String user, Set<UUID> credential) {
        return new Subject(true, Set.of(new UserPrincipal(user)), Set.of(), credential);
    }

    private static @Nullable String userOf(Subject subject) {
        return subject.getPrincipals(UserPrincipal.class).stream()
                .map(UserPrincipal::getName)
                .findAny()
                .orElse(null);
    }

    private boolean isBridge(String user) {
        return user.equals(bridge.username());
    }

    private boolean isBridgePassword(String password) {
        return MessageDigest.isEqual(
                password.getBytes(StandardCharsets.UTF_8), bridge.password().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean validateUser(String user, String password) {
        return false; // called only by brokers that do not know the two methods above
    }

    @Override
    public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType checkType) {
        return false;
    }
}
