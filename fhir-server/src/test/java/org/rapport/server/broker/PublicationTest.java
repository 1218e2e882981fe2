package org.rapport.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.rapport.server.cli.Publication;

class PublicationTest extends BrokerFixture {

    @Test
    void printsTheReasonCodeOfPuback() {
        assertThat(send("device/hr-alice/heart-rate", secret()))
                .isEqualTo("The broker has it: PUBACK 0x00 for device/hr-alice/heart-rate");
        assertThat(broker().waiting()).isEqualTo(1);
    }

    @Test
    void failsWhenTheBrokerRefusesTheTopic() {
        assertThatThrownBy(() -> send("device/hr-alice/ack", secret())).hasMessageContaining("PUBACK 0x87");
    }

    @Test
    void failsWhenTheBrokerRefusesTheLogin() {
        assertThatThrownBy(() -> send("device/hr-alice/heart-rate", "wrong")).hasMessageContaining("MQTT reason 134");
    }

    private String send(String topic, String secret) {
        return Publication.send(
                "tcp://127.0.0.1:" + broker().port(),
                new Publication.Login("hr-alice:publish", "hr-alice", secret),
                new Publication.Message(topic, "{}"));
    }
}
