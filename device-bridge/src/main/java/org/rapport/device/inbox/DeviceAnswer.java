package org.rapport.device.inbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.rapport.device.DeviceTopics;
import org.rapport.device.ReadingTopic;
import org.rapport.mapping.Mapped;

/**
 * What a device is told about a message of its own.
 *
 * @param topic on which it is told
 * @param json the payload
 */
public record DeviceAnswer(String topic, String json) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** It is stored; the device need not keep it any longer. */
    static DeviceAnswer receipt(InboxEntry entry, String timestamp, boolean duplicate) {
        var receipt = about(entry.messageId(), entry.arrival().topic().type())
                .put("timestamp", timestamp)
                .put("stored", true)
                .put("duplicate", duplicate);
        return new DeviceAnswer(topic(entry.arrival().topic().deviceId(), "ack"), receipt.toString());
    }

    static DeviceAnswer refusal(InboxEntry entry, Mapped.Refused refused) {
        return refusal(entry.arrival().topic(), entry.messageId(), refused);
    }

    /** It can never become an Observation, found out when it had been stored already. */
    public static DeviceAnswer refusal(InboxRow row, Mapped.Refused refused) {
        return refusal(new ReadingTopic(row.deviceId(), row.type()), row.key(), refused);
    }

    private static DeviceAnswer refusal(ReadingTopic topic, String messageId, Mapped.Refused refused) {
        var error = about(messageId, topic.type()).put("code", refused.refusal().reason());
        error.set("outcome", outcome(refused));
        return new DeviceAnswer(topic(topic.deviceId(), "errors"), error.toString());
    }

    private static ObjectNode about(String messageId, String type) {
        return JSON.objectNode().put("msg-id", messageId).put("type", type);
    }

    private static ObjectNode outcome(Mapped.Refused refused) {
        var outcome = JSON.objectNode().put("resourceType", "OperationOutcome");
        var issue = outcome.putArray("issue")
                .addObject()
                .put("severity", "error")
                .put("code", refused.refusal().issue());
        issue.putObject("details").put("text", refused.refusal().code());
        issue.put("diagnostics", refused.text());
        return outcome;
    }

    private static String topic(String deviceId, String last) {
        return DeviceTopics.ROOT + "/" + deviceId + "/" + last;
    }
}
