package org.rapport.smart;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.rapport.access.OwnDevices;

/** Devices of patients, in memory. */
public final class TestDevices implements OwnDevices {

    private final List<Bound> bound = new CopyOnWriteArrayList<>();

    /** One more device of a patient. */
    public void add(String patientId, String deviceId, String name) {
        bound.add(new Bound(patientId, new OwnDevice(deviceId, name)));
    }

    @Override
    public List<OwnDevice> of(String patientId) {
        return bound.stream()
                .filter(each -> each.patient().equals(patientId))
                .map(Bound::device)
                .toList();
    }

    @Override
    public boolean revoke(String patientId, String deviceId) {
        return bound.removeIf(
                each -> each.patient().equals(patientId) && each.device().id().equals(deviceId));
    }

    private record Bound(String patient, OwnDevice device) {}
}
