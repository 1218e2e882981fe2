package org.rapport.smart;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import org.rapport.administration.DeviceLogins;

/** Credentials of devices in memory; the broker's are in another module. */
final class TestDeviceLogins implements DeviceLogins {

    private final Map<String, Integer> valid = new ConcurrentSkipListMap<>();

    @Override
    public List<Known> page(String search, int offset, int most) {
        return valid.entrySet().stream()
                .filter(device -> device.getKey().contains(search))
                .skip(offset)
                .limit(most)
                .map(device -> new Known(device.getKey(), device.getValue(), Instant.EPOCH, Optional.empty()))
                .toList();
    }

    @Override
    public String issue(String deviceId) {
        valid.merge(deviceId, 1, Integer::sum);
        return UUID.randomUUID().toString();
    }

    @Override
    public boolean revoke(String deviceId) {
        var before = valid.put(deviceId, 0);
        return before != null && before > 0;
    }
}
