package org.rapport.server.broker;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.rapport.device.DeviceCredentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Disconnects, within seconds and whoever revoked it, each device whose credential is no longer valid. */
final class RevocationSweep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RevocationSweep.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final ActiveMQServer server;
    private final DeviceCredentials credentials;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(sweep -> {
        var daemon = new Thread(sweep, "revoked-devices");
        daemon.setDaemon(true);
        return daemon;
    });
    private final ScheduledFuture<?> sweeping;

    RevocationSweep(ActiveMQServer server, DeviceCredentials credentials) {
        this.server = server;
        this.credentials = credentials;
        this.sweeping =
                thread.scheduleWithFixedDelay(this::sweep, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        try {
            var connected = new HashMap<RemotingConnection, UUID>();
            for (var connection : server.getRemotingService().getConnections()) {
                BrokerSecurity.credentialOf(connection.getSubject())
                        .ifPresent(credential -> connected.put(connection, credential));
            }
            var valid = credentials.stillValid(new HashSet<>(connected.values()));
            connected.entrySet().stream()
                    .filter(entry -> !valid.contains(entry.getValue()))
                    .forEach(entry -> entry.getKey().destroy());
        } catch (RuntimeException e) {
            LOG.warn("Could not look for revoked devices; trying again in {}", PAUSE, e);
        }
    }

    @Override
    public void close() {
        sweeping.cancel(true);
        thread.shutdownNow();
    }
}
