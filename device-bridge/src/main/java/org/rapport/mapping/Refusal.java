package org.rapport.mapping;

/** Why a message of a device is refused; what the device is told of it. */
public enum Refusal {
    /** It is not JSON, or not of the form it should have. */
    STRUCTURE("structure", 0x99, "structure"),
    /** It is larger than any reading. */
    TOO_LONG("too-long", 0x95, "too-long"),
    /** A value is missing, or is none. */
    VALUE("value", 0x99, "value"),
    /** No living being has such a value. */
    OUT_OF_RANGE("out-of-range", 0x99, "value"),
    /** A unit is missing, unknown, or of another kind. */
    CODE_INVALID("code-invalid", 0x99, "code-invalid"),
    /** The time has no offset from UTC. */
    TIMEZONE_UNKNOWN("timezone-unknown", 0x99, "value"),
    /** The device's clock is wrong beyond doubt. */
    CLOCK("clock", 0x99, "value"),
    /** This kind of message is not taken. */
    NOT_SUPPORTED("not-supported", 0x99, "not-supported"),
    /** It names another device or another patient. */
    CONFLICT("conflict", 0x99, "conflict"),
    /** It could not be stored, although nothing is wrong with it that we know. */
    PROCESSING("processing", 0x83, "transient");

    private final String code;
    private final int reason;
    private final String issue;

    Refusal(String code, int reason, String issue) {
        this.code = code;
        this.reason = reason;
        this.issue = issue;
    }

    /** Its name in the inbox and in the OperationOutcome's details. */
    public String code() {
        return code;
    }

    /** The MQTT 5 reason code that says the same, such as 0x99: payload format invalid. */
    public String reason() {
        return "0x%02X".formatted(reason);
    }

    /**
     * The FHIR issue type.
     *
     * @see <a href="https://hl7.org/fhir/R4/valueset-issue-type.html">FHIR R4 issue types</a>
     */
    public String issue() {
        return issue;
    }
}
