package org.rapport.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTopicsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "device/hr-alice/heart-rate",
                "device/hr-alice/batch",
                "device/hr-alice/status",
                "device/hr-alice/waveform/ecg"
            })
    void letADevicePublishOnItsOwnTopics(String topic) {
        assertThat(DeviceTopics.mayPublish("hr-alice", topic)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "device/cgm-bob/glucose",
                "device/hr-alice",
                "device/hr-alice/",
                "device/hr-alice//heart-rate",
                "device/hr-alice/../cgm-bob/glucose",
                "device/hr-alice/heart-rate/extra",
                "device/hr-alice/waveform/",
                "device/hr-alice/waveform/ack",
                "device/hr-alice/+",
                "device/hr-alice/#",
                "device/hr-alice/ack",
                "device/hr-alice/errors",
                "device/hr-alice/cmd",
                "device/hr-alice/heart-rate::bridge",
                "device/hr-alice/heart\u0000rate",
                "Device/hr-alice/heart-rate",
                "/device/hr-alice/heart-rate",
                "gateway/hr-alice/device/hr-alice/heart-rate",
                "$share/bridge/device/#",
                "$sys/anything",
                ""
            })
    void refuseEveryOtherTopicName(String topic) {
        assertThat(DeviceTopics.mayPublish("hr-alice", topic)).isFalse();
    }

    @Test
    void refuseEverythingToANameThatIsNoDeviceId() {
        assertThat(DeviceTopics.mayPublish("+", "device/+/heart-rate")).isFalse();
        assertThat(DeviceTopics.mayPublish("a/b", "device/a/b/heart-rate")).isFalse();
        assertThat(DeviceTopics.maySubscribe("#", "device/#/ack")).isFalse();
    }

    @ParameterizedTest(name = "subscribing with {0}: {1}")
    @CsvSource({
        "device/hr-alice/ack,               true",
        "device/hr-alice/errors,            true",
        "device/hr-alice/cmd,               true",
        "device/hr-alice/heart-rate,        false",
        "device/hr-alice/+,                 false",
        "device/hr-alice/#,                 false",
        "device/+/ack,                      false",
        "device/cgm-bob/ack,                false",
        "device/hr-alice/ack/,              false",
        "$share/x/device/hr-alice/ack,      false",
        "device/hr-alice/ack::bridge,       false",
        "#,                                 false",
    })
    void letADeviceHearOnlyWhatIsMeantForIt(String filter, boolean allowed) {
        assertThat(DeviceTopics.maySubscribe("hr-alice", filter)).isEqualTo(allowed);
    }

    @ParameterizedTest(name = "retained on {0}: {1}")
    @CsvSource({
        "device/hr-alice/status,          true",
        "device/hr-alice/heart-rate,      false",
        "device/hr-alice/waveform/status, false",
        "device/cgm-bob/status,           false",
    })
    void letADeviceRetainItsStatusOnly(String topic, boolean allowed) {
        assertThat(DeviceTopics.mayRetain("hr-alice", topic)).isEqualTo(allowed);
    }

    @ParameterizedTest(name = "client id {0}: {1}")
    @CsvSource({
        "hr-alice,          true",
        "hr-alice:2,        true",
        "hr-alice:app:one,  true",
        "hr-alice:,         false",
        "hr-alice2,         false",
        "hr-alic,           false",
        "cgm-bob,           false",
        "hr-alice:a b,      false",
        "hr-alice:'x,       false",
        "'',                false",
    })
    void bindTheClientIdToTheDevice(String clientId, boolean allowed) {
        assertThat(DeviceTopics.mayUseClientId("hr-alice", clientId)).isEqualTo(allowed);
    }

    @Test
    void findTheDeviceOfAClientId() {
        assertThat(DeviceTopics.deviceOf("hr-alice:2")).isEqualTo("hr-alice");
        assertThat(DeviceTopics.deviceOf("hr-alice")).isEqualTo("hr-alice");
    }
}
