package org.rapport.server.broker;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.rapport.device.BridgeBroker;
import org.rapport.device.BridgeLogin;
import org.rapport.device.DeviceCredentials;
import org.rapport.server.DataDirectory;
import org.rapport.server.ServerSettings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The embedded broker runs unless an outside one is named. */
@Configuration(proxyBeanMethods = false)
class BrokerConfiguration {

    @Bean
    BridgeLogin bridgeLogin(MqttSettings settings) {
        var username = settings.outsideUrl().isPresent()
                ? Optional.ofNullable(settings.username()).orElse("")
                : BridgeLogin.EMBEDDED_USERNAME;
        return new BridgeLogin(
                username, Optional.ofNullable(settings.password()).orElseGet(BrokerConfiguration::newPassword));
    }

    @Bean
    @Conditional(NoOutsideBroker.class)
    EmbeddedBroker embeddedBroker(
            MqttSettings settings,
            ServerSettings place,
            DataDirectory data,
            DeviceCredentials credentials,
            BridgeLogin bridge) {
        return new EmbeddedBroker(
                new BrokerPlace(data.resolve("broker"), place.bindAddress(), settings.port()), credentials, bridge);
    }

    @Bean
    BridgeBroker bridgeBroker(
            MqttSettings settings, ServerSettings place, DataDirectory data, ObjectProvider<EmbeddedBroker> embedded) {
        return settings.outsideUrl()
                .map(url -> new BridgeBroker(() -> url, BridgeName.in(data), false))
                .orElseGet(() -> new BridgeBroker(
                        () -> "tcp://" + reachable(place.bindAddress()) + ":"
                                + embedded.getObject().port(),
                        BridgeLogin.EMBEDDED_USERNAME,
                        true));
    }

    /** Nobody can connect to the address that stands for all. */
    private static String reachable(String bindAddress) {
        return switch (bindAddress) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "[::1]";
            default -> bindAddress.contains(":") ? "[" + bindAddress + "]" : bindAddress;
        };
    }

    /** Holds as long as {@code rapport.mqtt.url} names no broker. */
    static final class NoOutsideBroker implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return context.getEnvironment().getProperty("rapport.mqtt.url", "").isBlank();
        }
    }

    private static String newPassword() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
