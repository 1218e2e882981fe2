package org.rapport.device.inbox;

/** Tells devices what became of their messages. */
@FunctionalInterface
public interface DeviceAnswers {

    /** Sends the answer if the broker can be reached now; a device that hears nothing sends its message again. */
    void tell(DeviceAnswer answer);
}
