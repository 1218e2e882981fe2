package org.rapport.administration;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The credentials by which devices log in to the broker. */
public interface DeviceLogins {

    /**
     * A device that has or had a credential.
     *
     * @param deviceId logical id of its Device, also its user name
     * @param valid how many of its credentials are valid; more than one while a secret is being changed
     * @param issued when the newest was made
     * @param revoked when the last was revoked; empty while one is valid
     */
    record Known(String deviceId, int valid, Instant issued, Optional<Instant> revoked) {}

    /**
     * Devices in the order of their ids.
     *
     * @param search part of the id; empty for all
     * @param offset how many to pass over
     * @param most at most 200
     */
    List<Known> page(String search, int offset, int most);

    /**
     * Makes one more credential.
     *
     * @return the secret, which is not kept
     * @throws IllegalArgumentException when no device can have that id
     */
    String issue(String deviceId);

    /** Revokes every credential of the device, which is cut off within five seconds; false when it had none. */
    boolean revoke(String deviceId);
}
