package org.rapport.server.broker;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.apache.activemq.artemis.core.security.SecurityAuth;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerQueuePlugin;
import org.jspecify.annotations.Nullable;
import org.rapport.device.BridgeLogin;
import org.rapport.device.DeviceTopics;

/**
 * The durable queue from which the bridge takes what devices publish.
 *
 * <p>It is the queue that the broker looks for when a client subscribes with {@link BridgeLogin#SUBSCRIPTION}. Made
 * before anyone can connect, it holds readings also while no bridge is there; nobody can delete it.
 */
final class BridgeQueue implements ActiveMQServerQueuePlugin {

    static final String ADDRESS = DeviceTopics.ROOT + "/#";
    static final String NAME =
            MQTTUtil.getCoreQueueFromMqttTopic(BridgeLogin.SUBSCRIPTION, "bridge", MQTTUtil.MQTT_WILDCARD);

    /** What the server tells devices passes by here too and is not for the bridge. */
    private static final String UPWARD_ONLY =
            "NOT (AMQAddress LIKE 'device/%/ack' OR AMQAddress LIKE 'device/%/errors' OR AMQAddress LIKE 'device/%/cmd')";

    static QueueConfiguration configuration() {
        return QueueConfiguration.of(NAME)
                .setAddress(ADDRESS)
                .setRoutingType(RoutingType.MULTICAST)
                .setFilterString(UPWARD_ONLY)
                .setDurable(true)
                .setAutoCreateAddress(true)
                .setAutoDelete(false)
                .setPurgeOnNoConsumers(false);
    }

    @Override
    public void beforeDestroyQueue(
            Queue queue,
            @Nullable SecurityAuth session,
            boolean checkConsumerCount,
            boolean removeConsumers,
            boolean autoDeleteAddress)
            throws ActiveMQException {
        if (queue.getName().toString().equals(NAME)) {
            throw new ActiveMQSecurityException("The bridge's queue is never deleted");
        }
    }
}
