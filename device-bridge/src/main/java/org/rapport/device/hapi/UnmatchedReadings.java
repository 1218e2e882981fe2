package org.rapport.device.hapi;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.DeviceUseStatement;
import org.hl7.fhir.r4.model.IdType;
import org.rapport.alert.hapi.FhirStore;
import org.rapport.changes.Change;
import org.rapport.changes.ChangeFeed;
import org.rapport.device.inbox.DeviceInbox;
import org.rapport.work.WakeUp;

/** Has readings that belonged to nobody tried again when it was written down whose their device was. */
final class UnmatchedReadings implements Consumer<List<ChangeFeed.Entry>> {

    private final DeviceInbox inbox;
    private final FhirStore store;
    private final WakeUp wakeUp;

    UnmatchedReadings(DeviceInbox inbox, FhirStore store, WakeUp wakeUp) {
        this.inbox = inbox;
        this.store = store;
        this.wakeUp = wakeUp;
    }

    @Override
    public void accept(List<ChangeFeed.Entry> page) {
        var devices = page.stream()
                .map(ChangeFeed.Entry::change)
                .flatMap(change -> device(change).stream())
                .collect(Collectors.toSet());
        if (inbox.retryUnmatched(devices) > 0) {
            wakeUp.afterCommit(DeviceInbox.TOPIC);
        }
    }

    private Optional<String> device(Change change) {
        return switch (change.type()) {
            case "Device" -> Optional.of(change.id());
            case "DeviceUseStatement" ->
                store.current(DeviceUseStatement.class, change.id())
                        .map(use -> new IdType(use.getDevice().getReference()).getIdPart());
            default -> Optional.empty();
        };
    }
}
