package org.rapport.device;

import java.util.UUID;

/** What came of a device's attempt to log in. */
public sealed interface DeviceLogin {

    /**
     * The secret is a valid one of this device.
     *
     * @param deviceId the device
     * @param credentialId which of its credentials was used
     */
    record Accepted(String deviceId, UUID credentialId) implements DeviceLogin {}

    /** No such device, a wrong secret or a revoked one; the device is never told which. */
    record Refused() implements DeviceLogin {}
}
