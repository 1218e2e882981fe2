package org.rapport.admin;

import java.util.List;
import org.rapport.administration.DeviceLogins;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityLog;
import org.springframework.transaction.support.TransactionOperations;

/** Gives devices credentials and takes them away on behalf of somebody; each act leaves a row in the audit log. */
public final class DeviceAdministration {

    private final DeviceLogins devices;
    private final SecurityLog log;
    private final TransactionOperations transaction;

    public DeviceAdministration(DeviceLogins devices, SecurityLog log, TransactionOperations transaction) {
        this.devices = devices;
        this.log = log;
        this.transaction = transaction;
    }

    /** A page of at most 200 devices whose ids hold the text. */
    public List<DeviceLogins.Known> page(String search, int offset, int most) {
        return devices.page(search, offset, most);
    }

    /**
     * Makes one more credential.
     *
     * @return the secret, to be shown once
     * @throws IllegalArgumentException when no device can have that id
     */
    public String issue(String deviceId, Agent by) {
        var secret = transaction.execute(status -> {
            var issued = devices.issue(deviceId);
            log.record(changed(deviceId, by, "issued"));
            return issued;
        });
        if (secret == null) {
            throw new IllegalStateException("A credential was made without a secret.");
        }
        return secret;
    }

    /** Replaces every credential of a device by a new one, which is shown once; the device is cut off within seconds. */
    public String replace(String deviceId, Agent by) {
        var secret = transaction.execute(status -> {
            devices.revoke(deviceId);
            var issued = devices.issue(deviceId);
            log.record(changed(deviceId, by, "replaced"));
            return issued;
        });
        if (secret == null) {
            throw new IllegalStateException("A credential was made without a secret.");
        }
        return secret;
    }

    /** Revokes every credential of a device; false when it had none. */
    public boolean revoke(String deviceId, Agent by) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean revoked = devices.revoke(deviceId);
            log.record(
                    revoked
                            ? changed(deviceId, by, "revoked")
                            : SecurityEvent.failed(
                                    SecurityEvent.Kind.DEVICE_CREDENTIAL_CHANGED, by, deviceId, "none to revoke"));
            return revoked;
        }));
    }

    private static SecurityEvent changed(String deviceId, Agent by, String how) {
        return SecurityEvent.succeeded(SecurityEvent.Kind.DEVICE_CREDENTIAL_CHANGED, by, deviceId, how);
    }
}
