package org.rapport.audit;

/**
 * What a request does.
 *
 * @see <a href="https://hl7.org/fhir/R4/valueset-type-restful-interaction.html">FHIR R4 restful interactions</a>
 */
public enum Interaction implements Deed {
    /** Reads the current version. */
    READ("read", "R"),
    /** Reads one version. */
    VREAD("vread", "R"),
    /** Lists versions of a resource. */
    HISTORY_INSTANCE("history-instance", "R"),
    /** Lists versions of a type. */
    HISTORY_TYPE("history-type", "R"),
    /** Lists versions of everything. */
    HISTORY_SYSTEM("history-system", "R"),
    /** Searches. */
    SEARCH("search-type", "E"),
    /** Makes a resource. */
    CREATE("create", "C"),
    /** Replaces a resource. */
    UPDATE("update", "U"),
    /** Changes a part of a resource. */
    PATCH("patch", "U"),
    /** Deletes a resource. */
    DELETE("delete", "D"),
    /** Does several things at once. */
    BUNDLE("transaction", "E"),
    /** Runs an operation. */
    OPERATION("operation", "E");

    private final String code;
    private final String action;

    Interaction(String code, String action) {
        this.code = code;
        this.action = action;
    }

    /** The code of the value set restful-interaction. */
    @Override
    public String code() {
        return code;
    }

    @Override
    public String action() {
        return action;
    }
}
