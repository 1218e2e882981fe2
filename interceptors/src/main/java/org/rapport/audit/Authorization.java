package org.rapport.audit;

/**
 * What a request was permitted by, where that is worth a row of its own.
 *
 * @see <a href="https://profiles.ihe.net/ITI/BALP/content.html#3576-consent-authorized-decision-audit-message">IHE BALP,
 *     consent authorized decision</a>
 */
public enum Authorization implements Deed {
    /** A rule of a patient's consent opened the record in an emergency. */
    CONSENT("authz-consent");

    private final String code;

    Authorization(String code) {
        this.code = code;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public String action() {
        return "E";
    }
}
