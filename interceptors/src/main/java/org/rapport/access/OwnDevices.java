package org.rapport.access;

import java.util.List;

/** Knows the measuring devices that belong to a patient, and takes their credentials away. */
public interface OwnDevices {

    /** The devices bound to the patient that may log in, by name; at most 100. */
    List<OwnDevice> of(String patientId);

    /**
     * Takes a device of the patient all its credentials; it is cut off within five seconds.
     *
     * @return whether it is a device of this patient that could log in
     */
    boolean revoke(String patientId, String deviceId);

    /**
     * A device.
     *
     * @param id logical id of the Device resource
     * @param name what people call it; its id when it has no name
     */
    record OwnDevice(String id, String name) {}
}
