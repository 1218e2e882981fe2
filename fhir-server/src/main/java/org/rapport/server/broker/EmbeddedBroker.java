package org.rapport.server.broker;

import java.net.BindException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolManagerFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.jspecify.annotations.Nullable;
import org.rapport.device.BridgeLogin;
import org.rapport.device.DeviceCredentials;
import org.rapport.server.StartFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * An MQTT 3.1.1 and 5 broker in this process.
 *
 * <p>PUBACK follows the synced journal write. The listener opens last, when the journal is loaded, the bridge's queue
 * exists and the credentials can be read.
 */
final class EmbeddedBroker implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final String ACCEPTOR = "mqtt";

    private final BrokerPlace place;
    private final DeviceCredentials credentials;
    private final BrokerSecurity security;
    private @Nullable ActiveMQServer server;
    private @Nullable RevocationSweep sweep;

    EmbeddedBroker(BrokerPlace place, DeviceCredentials credentials, BridgeLogin bridge) {
        this.place = place;
        this.credentials = credentials;
        this.security = new BrokerSecurity(credentials, bridge);
    }

    @Override
    public void start() {
        if (!security.works()) {
            throw new StartFailure("The MQTT broker cannot check device credentials; it does not open without that.");
        }
        var starting = new ActiveMQServerImpl(BrokerDefaults.in(place.directory()), null, security);
        starting.registerBrokerPlugin(new PacketGuard.Plugin());
        starting.registerBrokerPlugin(new BridgeQueue());
        server = starting;
        try {
            starting.start();
            if (!starting.waitForActivation(15, TimeUnit.SECONDS)) {
                throw new StartFailure("The MQTT broker's folder " + place.directory()
                        + " is in use by another process or cannot be read; stop that process or restore the folder.");
            }
            starting.createQueue(BridgeQueue.configuration(), true);
            listener(starting).start();
        } catch (StartFailure e) {
            stop();
            throw e;
        } catch (Exception e) {
            stop();
            throw failure(e);
        }
        sweep = new RevocationSweep(starting, credentials);
    }

    /** The listener, not yet open. */
    private Acceptor listener(ActiveMQServer starting) {
        var configuration =
                new TransportConfiguration(NettyAcceptorFactory.class.getName(), transport(), ACCEPTOR, protocol());
        return Objects.requireNonNull(
                starting.getRemotingService().createAcceptor(configuration), "the broker's log tells why");
    }

    private Map<String, Object> transport() {
        var transport = new HashMap<String, Object>();
        transport.put(TransportConstants.HOST_PROP_NAME, place.host());
        transport.put(TransportConstants.PORT_PROP_NAME, place.port());
        transport.put(TransportConstants.PROTOCOLS_PROP_NAME, MQTTProtocolManagerFactory.MQTT_PROTOCOL_NAME);
        transport.put(TransportConstants.REMOTING_THREADS_PROPNAME, 2);
        transport.put(TransportConstants.CONNECTIONS_ALLOWED, 10_000);
        transport.put(TransportConstants.USE_EPOLL_PROP_NAME, false);
        transport.put(TransportConstants.USE_KQUEUE_PROP_NAME, false);
        transport.put(TransportConstants.QUIET_PERIOD, 0);
        transport.put(TransportConstants.SHUTDOWN_TIMEOUT, 1);
        return transport;
    }

    private static Map<String, Object> protocol() {
        var protocol = new HashMap<String, Object>();
        protocol.put("maximumPacketSize", PacketGuard.MAX_PACKET_SIZE);
        protocol.put(
                "defaultMqttSessionExpiryInterval", (int) Duration.ofDays(7).toSeconds());
        return protocol;
    }

    private StartFailure failure(Exception cause) {
        return isPortInUse(cause)
                ? new StartFailure("Port " + place.port() + " on " + place.host()
                        + " is in use; stop what uses it, or set rapport.mqtt.port to a free port.")
                : new StartFailure(
                        "The MQTT broker cannot start in " + place.directory() + ": " + cause.getMessage(), cause);
    }

    private static boolean isPortInUse(@Nullable Throwable failure) {
        return failure != null && (failure instanceof BindException || isPortInUse(failure.getCause()));
    }

    /** The port that is listened on. */
    int port() {
        return server == null
                ? place.port()
                : ((NettyAcceptor) server.getRemotingService().getAcceptor(ACCEPTOR)).getActualPort();
    }

    /** How many messages wait for the bridge. */
    long waiting() {
        var queue = server == null ? null : server.locateQueue(BridgeQueue.NAME);
        return queue == null ? 0 : queue.getMessageCount();
    }

    @Override
    public void stop() {
        if (sweep != null) {
            sweep.close();
            sweep = null;
        }
        var stopping = server;
        server = null;
        if (stopping != null) {
            try {
                stopping.stop();
            } catch (Exception e) {
                LOG.warn("The MQTT broker did not stop cleanly; its journal is kept", e);
            }
        }
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }

    @Override
    public int getPhase() {
        return 0; // before the web server, and before whatever consumes from the broker
    }
}
