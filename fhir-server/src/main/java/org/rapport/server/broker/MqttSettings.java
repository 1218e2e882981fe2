package org.rapport.server.broker;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The MQTT broker that devices talk to.
 *
 * @param port TCP port of the embedded broker, 1 to 65535; 0 takes a free one
 * @param url an outside broker, such as tcp://broker:1883 or ssl://broker:8883; without it the embedded broker starts
 * @param username user name of the device bridge at the outside broker
 * @param password password of the device bridge; at the embedded broker only needed when a second instance connects to
 *     it, otherwise a new one is made at each start
 */
@Validated
@ConfigurationProperties("rapport.mqtt")
public record MqttSettings(
        @Min(0) @Max(65_535) @DefaultValue("1883") int port,
        @Nullable String url,
        @Nullable String username,
        @Nullable String password) {

    /** The outside broker, or empty when the embedded one is to be used. */
    public Optional<String> outsideUrl() {
        return Optional.ofNullable(url).filter(text -> !text.isBlank());
    }

    @Override
    public String toString() {
        return "MqttSettings[port=" + port + ", url=" + url + ", username=" + username + "]";
    }
}
