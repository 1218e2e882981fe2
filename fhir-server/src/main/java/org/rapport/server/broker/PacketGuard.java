package org.rapport.server.broker;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTReasonCodes;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyServerConnection;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerConnectionPlugin;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.jspecify.annotations.Nullable;
import org.rapport.device.BridgeLogin;
import org.rapport.device.DeviceTopics;

/**
 * Refuses packets that no rule about topics would catch: too large, out of turn, retained where only the status may be,
 * or with a last will on another's topic.
 *
 * <p>It stands before the broker on each connection, so a packet is measured before it is held in memory. An MQTT 5
 * client is told the reason; an MQTT 3.1.1 client is disconnected, as its protocol knows no answer.
 */
final class PacketGuard extends ChannelInboundHandlerAdapter {

    /** The largest packet, in bytes. */
    static final int MAX_PACKET_SIZE = 64 * 1024;

    private static final String NAME = "rapport-packet-guard";
    private static final String DECODER = "rapport-mqtt-decoder";

    private final Channel channel;
    private int version;
    private String user = "";
    private @Nullable Future<?> goodbye;

    private PacketGuard(Channel channel) {
        this.channel = channel;
    }

    /** Puts a guard on each new connection, before its first packet is read. */
    static final class Plugin implements ActiveMQServerConnectionPlugin {
        @Override
        public void afterCreateConnection(RemotingConnection connection) {
            var channel = channelOf(connection);
            channel.pipeline().replace(MqttDecoder.class, DECODER, new MqttDecoder(MAX_PACKET_SIZE));
            channel.pipeline().addAfter(DECODER, NAME, new PacketGuard(channel));
        }
    }

    static PacketGuard of(RemotingConnection connection) {
        return (PacketGuard) channelOf(connection).pipeline().get(NAME);
    }

    private static Channel channelOf(RemotingConnection connection) {
        return ((NettyServerConnection) connection.getTransportConnection()).getChannel();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object packet) {
        if (goodbye == null && packet instanceof MqttMessage message && mayPass(message)) {
            context.fireChannelRead(packet);
        } else {
            ReferenceCountUtil.release(packet);
        }
    }

    private boolean mayPass(MqttMessage message) {
        if (message.decoderResult().isFailure()) {
            return refuse(
                    message.decoderResult().cause() instanceof TooLongFrameException
                            ? MQTTReasonCodes.PACKET_TOO_LARGE
                            : MQTTReasonCodes.MALFORMED_PACKET);
        }
        boolean first = version == 0;
        if (first != (message.fixedHeader().messageType() == MqttMessageType.CONNECT)) {
            return refuse(MQTTReasonCodes.PROTOCOL_ERROR);
        }
        if (message instanceof MqttConnectMessage connect) {
            version = connect.variableHeader().version();
            user = String.valueOf(connect.payload().userName());
            return willIsOwn(connect) || refuseConnect(MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5);
        }
        if (message instanceof MqttSubscribeMessage subscribe) {
            return maySubscribe(subscribe) || refuseSubscription(subscribe);
        }
        return !(message instanceof MqttPublishMessage publish)
                || mayPublish(publish)
                || refuse(MQTTReasonCodes.NOT_AUTHORIZED);
    }

    /** The broker asks again when it makes the subscription; asked here, no strange filter gets that far. */
    private boolean maySubscribe(MqttSubscribeMessage subscribe) {
        var filters = subscribe.payload().topicSubscriptions().stream().map(MqttTopicSubscription::topicFilter);
        return user.equals(BridgeLogin.EMBEDDED_USERNAME)
                ? filters.allMatch(BridgeLogin.SUBSCRIPTION::equals)
                : filters.allMatch(filter -> DeviceTopics.maySubscribe(user, filter));
    }

    private boolean refuseSubscription(MqttSubscribeMessage subscribe) {
        var reason = isVersion5() ? MqttReasonCodes.SubAck.NOT_AUTHORIZED : MqttReasonCodes.SubAck.UNSPECIFIED_ERROR;
        var reasons = Collections.nCopies(
                subscribe.payload().topicSubscriptions().size(), Byte.toUnsignedInt(reason.byteValue()));
        var refusal = new MqttSubAckMessage(
                new MqttFixedHeader(MqttMessageType.SUBACK, false, MqttQoS.AT_MOST_ONCE, false, 0),
                MqttMessageIdVariableHeader.from(subscribe.variableHeader().messageId()),
                new MqttSubAckPayload(reasons));
        channel.writeAndFlush(refusal).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        return false;
    }

    private static boolean mayPublish(MqttPublishMessage publish) {
        var topic = publish.variableHeader().topicName();
        return !publish.fixedHeader().isRetain() || isStatus(topic);
    }

    /** Whose status it is, is decided with every other topic, once the sender is known. */
    private static boolean isStatus(String topic) {
        var levels = topic.split("/", -1);
        return levels.length == 3 && DeviceTopics.mayRetain(levels[1], topic);
    }

    private boolean willIsOwn(MqttConnectMessage connect) {
        if (!connect.variableHeader().isWillFlag()) {
            return true;
        }
        var topic = connect.payload().willTopic();
        return DeviceTopics.mayPublish(user, topic)
                && (!connect.variableHeader().isWillRetain() || DeviceTopics.mayRetain(user, topic));
    }

    /** Answers a CONNECT that cannot be judged now; the client may try again. */
    void refuseAsUnavailable() {
        refuseConnect(MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE_5);
    }

    private boolean refuseConnect(MqttConnectReturnCode reasonFor5) {
        var reason = isVersion5() ? reasonFor5 : forVersion3(reasonFor5);
        return sayGoodbye(MqttMessageBuilders.connAck().returnCode(reason).build());
    }

    private static MqttConnectReturnCode forVersion3(MqttConnectReturnCode reason) {
        return reason == MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE_5
                ? MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE
                : MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED;
    }

    private boolean refuse(byte reason) {
        return sayGoodbye(
                isVersion5()
                        ? MqttMessageBuilders.disconnect().reasonCode(reason).build()
                        : Unpooled.EMPTY_BUFFER);
    }

    /** Closes in two steps: closing at once with input unread would reset the connection and lose the answer. */
    private boolean sayGoodbye(Object answer) {
        channel.writeAndFlush(answer).addListener(sent -> stopSending());
        goodbye = channel.eventLoop().schedule(this::close, 1, TimeUnit.SECONDS);
        return false;
    }

    private void stopSending() {
        ((DuplexChannel) channel).shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    private void close() {
        channel.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    private boolean isVersion5() {
        return version == MqttVersion.MQTT_5.protocolLevel();
    }
}
