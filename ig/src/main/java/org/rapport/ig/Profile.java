package org.rapport.ig;

/** The profiles of the guide, each a constraint on an R4 resource type. */
public enum Profile {
    /** A heart rate that a device measured. */
    HEART_RATE_READING("heart-rate-reading"),
    /** A systolic and a diastolic pressure that a cuff measured. */
    BLOOD_PRESSURE_READING("blood-pressure-reading"),
    /** An oxygen saturation that a device measured. */
    OXYGEN_SATURATION_READING("oxygen-saturation-reading"),
    /** A body weight that a scale measured. */
    BODY_WEIGHT_READING("body-weight-reading"),
    /** A body temperature that a thermometer measured. */
    BODY_TEMPERATURE_READING("body-temperature-reading"),
    /** A device that sends readings. */
    CONNECTED_DEVICE("connected-device"),
    /** A visit that is proposed, booked or over. */
    BOOKED_APPOINTMENT("booked-appointment"),
    /** One message about a patient, and how and when it was sent. */
    MESSAGE_SENT("message-sent");

    private final String id;

    Profile(String id) {
        this.id = id;
    }

    /** The URL for {@code meta.profile}, without a version. */
    public String canonical() {
        return Guide.CANONICAL + "/StructureDefinition/" + id;
    }
}
