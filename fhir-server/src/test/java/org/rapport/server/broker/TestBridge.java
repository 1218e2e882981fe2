package org.rapport.server.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.rapport.device.BridgeLogin;

/** How the bridge connects: in a session that never expires, without the retained messages it has already had. */
final class TestBridge {

    private static final long NEVER = 0xFFFF_FFFFL;

    private TestBridge() {}

    static MqttConnectionOptions login(BridgeLogin bridge) {
        var options = new MqttConnectionOptions();
        options.setUserName(bridge.username());
        options.setPassword(bridge.password().getBytes(UTF_8));
        options.setCleanStart(false);
        options.setSessionExpiryInterval(NEVER);
        return options;
    }

    /** Connects, and subscribes only if the session is new: subscribing again would have unacknowledged ones resent. */
    static void subscribe(MqttClient client, MqttConnectionOptions login) throws MqttException {
        if (!client.connectWithResult(login).getSessionPresent()) {
            var subscription = new MqttSubscription(BridgeLogin.SUBSCRIPTION, 1);
            subscription.setRetainHandling(2);
            client.subscribe(new MqttSubscription[] {subscription});
        }
    }
}
