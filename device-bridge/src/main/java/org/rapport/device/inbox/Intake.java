package org.rapport.device.inbox;

import java.util.ArrayList;
import java.util.List;
import org.rapport.mapping.Mapped;
import org.rapport.mapping.PlainPayload;
import org.rapport.work.WakeUp;

/** Takes messages into the inbox and says what their devices are to be told. */
public final class Intake {

    private final PlainPayload mapping;
    private final DeviceInbox inbox;
    private final WakeUp wakeUp;

    /**
     * @param mapping understands what comes
     * @param inbox keeps it
     * @param wakeUp calls whoever makes Observations of it
     */
    public Intake(PlainPayload mapping, DeviceInbox inbox, WakeUp wakeUp) {
        this.mapping = mapping;
        this.inbox = inbox;
        this.wakeUp = wakeUp;
    }

    /**
     * Stores these messages, in this order, all or none. What cannot be a reading is stored as a dead letter.
     *
     * @return the answers, in the same order; they are true once this has returned
     * @throws org.springframework.dao.DataAccessException when nothing was stored, as far as can be told
     */
    public List<DeviceAnswer> take(List<Arrival> arrivals) {
        var entries = arrivals.stream().map(this::understand).toList();
        var unseen = inbox.add(entries);
        wakeUp.call(DeviceInbox.TOPIC);
        var answers = new ArrayList<DeviceAnswer>();
        for (var entry : entries) {
            boolean isNew = unseen.remove(List.of(entry.key(), entry.digest()));
            answers.add(answer(entry, !isNew));
        }
        return answers;
    }

    private InboxEntry understand(Arrival arrival) {
        var topic = arrival.topic();
        return InboxEntry.of(arrival, mapping.map(topic.deviceId(), topic.type(), arrival.payload()));
    }

    private static DeviceAnswer answer(InboxEntry entry, boolean duplicate) {
        if (entry.mapped() instanceof Mapped.Refused refused) {
            return DeviceAnswer.refusal(entry, refused);
        }
        var timestamp = entry.mapped() instanceof Mapped.Understood understood
                ? understood.reading().timestamp()
                : "";
        return DeviceAnswer.receipt(entry, timestamp, duplicate);
    }
}
