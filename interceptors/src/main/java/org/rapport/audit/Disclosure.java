package org.rapport.audit;

/**
 * How data of a patient is handed to somebody outside.
 *
 * @see <a href="https://profiles.ihe.net/ITI/BALP/content.html#3577-privacy-disclosure-audit-message">IHE BALP, privacy
 *     disclosure</a>
 */
public enum Disclosure implements Deed {
    /** Records of many patients were put together for a system to fetch. */
    EXPORT("export");

    private final String code;

    Disclosure(String code) {
        this.code = code;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public String action() {
        return "R";
    }
}
