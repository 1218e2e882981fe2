package org.rapport.device.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.rapport.device.BridgeBroker;
import org.rapport.device.BridgeLogin;
import org.rapport.device.inbox.DeviceAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the broker. It never reconnects: a packet identifier of a lost connection may mean another message on
 * the next one, so the next one is another object with a client of its own.
 *
 * <p>The broker hands out as many unacknowledged messages as the queue holds and no more, so the client's thread never
 * waits for the database.
 */
final class BridgeConnection implements MqttCallback, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BridgeConnection.class);
    private static final int WINDOW = 1_000;
    private static final int AT_LEAST_ONCE = 1;
    private static final int LOWEST_REFUSAL = 0x80;
    private static final int NOT_AGAIN_WHAT_IS_RETAINED = 2;
    private static final int SECONDS = 10;
    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final long NEVER = 0xFFFF_FFFFL;

    private final BlockingQueue<Received> queue = new ArrayBlockingQueue<>(WINDOW);
    private final MqttAsyncClient client;
    private volatile boolean lost;

    private BridgeConnection(MqttAsyncClient client) {
        this.client = client;
    }

    /** Connects and subscribes. */
    static BridgeConnection open(BridgeBroker broker, BridgeLogin login) throws MqttException {
        var client = new MqttAsyncClient(broker.url().get(), broker.clientId(), new MemoryPersistence());
        var connection = new BridgeConnection(client);
        try {
            client.setManualAcks(true);
            client.setCallback(connection);
            client.connect(options(broker, login)).waitForCompletion(SECONDS * 1_000L);
            connection.subscribe();
            return connection;
        } catch (MqttException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static MqttConnectionOptions options(BridgeBroker broker, BridgeLogin login) {
        var options = new MqttConnectionOptions();
        options.setUserName(login.username());
        options.setPassword(login.password().getBytes(UTF_8));
        options.setCleanStart(
                broker.keepsQueue()); // then what was not acknowledged is back in the queue, none of it twice
        options.setSessionExpiryInterval(NEVER);
        options.setReceiveMaximum(WINDOW);
        options.setAutomaticReconnect(false);
        options.setConnectionTimeout(SECONDS);
        options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
        return options;
    }

    /** Also when there is a session: the process may have been killed between the session and its subscription. */
    private void subscribe() throws MqttException {
        var subscription = new MqttSubscription(BridgeLogin.SUBSCRIPTION, AT_LEAST_ONCE);
        subscription.setRetainHandling(NOT_AGAIN_WHAT_IS_RETAINED);
        var token = client.subscribe(new MqttSubscription[] {subscription});
        token.waitForCompletion(SECONDS * 1_000L);
        var reasons = token.getReasonCodes();
        if (reasons != null && reasons.length > 0 && reasons[0] >= LOWEST_REFUSAL) {
            throw new MqttException(reasons[0]);
        }
    }

    boolean isOpen() {
        return !lost;
    }

    /** What has come, oldest first; waits a while for the first. */
    List<Received> next(int most, Duration wait) {
        var batch = new ArrayList<Received>();
        try {
            var first = queue.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                queue.drainTo(batch, most - 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            lost = true;
        }
        return batch;
    }

    /** Tells the broker that it need not keep these any longer; they must come in the order of their arrival. */
    void acknowledge(List<Received> messages) {
        try {
            for (var message : messages) {
                if (message.qos() == AT_LEAST_ONCE && !lost) {
                    client.messageArrivedComplete(message.packet(), message.qos());
                }
            }
        } catch (MqttException e) {
            LOG.warn("The broker could not be told what is stored (MQTT reason {})", e.getReasonCode());
            lost = true;
        }
    }

    void publish(DeviceAnswer answer) {
        try {
            client.publish(
                    answer.topic(),
                    new MqttMessage(answer.json().getBytes(UTF_8), AT_LEAST_ONCE, false, new MqttProperties()));
        } catch (MqttException e) {
            LOG.debug("An answer to a device was lost (MQTT reason {})", e.getReasonCode());
        }
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        try {
            if (!queue.offer(Received.of(topic, message))) {
                LOG.warn("The broker sends more than it was allowed to; connecting anew");
                lost = true;
            }
        } catch (RuntimeException e) {
            LOG.warn("A message could not be taken from the broker; connecting anew", e);
            lost = true;
        }
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        lost = true;
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
        lost = true;
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // an answer counts as given when it is sent
    }

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {
        // whoever connects waits for it
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
        // the login is by password
    }

    @Override
    public void close() {
        lost = true;
        try {
            if (client.isConnected()) {
                client.disconnect().waitForCompletion(2_000);
            } else {
                client.disconnectForcibly(0, 500, false);
            }
        } catch (MqttException e) {
            LOG.debug("The connection to the broker did not end in good order (MQTT reason {})", e.getReasonCode());
        }
        try {
            client.close(true);
        } catch (MqttException e) {
            LOG.debug("The connection to the broker was not closed (MQTT reason {})", e.getReasonCode());
        }
    }
}
