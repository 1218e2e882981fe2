package org.rapport.audit;

import java.util.Locale;

/**
 * An act on identities: somebody signed in, a token was issued, a role changed.
 *
 * @param kind what was done
 * @param success whether it came about
 * @param agent who acted
 * @param object what was acted on, such as a user name or a client id; empty for nothing in particular; never a secret
 * @param detail a short word on how, such as {@code totp}; never a secret
 */
public record SecurityEvent(Kind kind, boolean success, Agent agent, String object, String detail) {

    private static final int LONGEST_OBJECT = 200;
    private static final int LONGEST_DETAIL = 2_000;

    /**
     * What can be done with identities.
     *
     * @see <a href="https://dicom.nema.org/medical/dicom/current/output/chtml/part16/sect_CID_400.html">DICOM CID 400</a>
     */
    public enum Kind implements Deed {
        /** Somebody signed in, or tried to. */
        SIGN_IN("E", Category.AUTHENTICATION),
        /** Somebody signed out. */
        SIGN_OUT("E", Category.AUTHENTICATION),
        /** Somebody proved again who they are. */
        STEP_UP("E", Category.AUTHENTICATION),
        /** A second factor was added. */
        FACTOR_ADDED("C", Category.ATTRIBUTES),
        /** A second factor was removed. */
        FACTOR_REMOVED("D", Category.ATTRIBUTES),
        /** A password was changed or reset. */
        PASSWORD_CHANGED("U", Category.ATTRIBUTES),
        /** A login session was ended by its owner elsewhere or by an administrator. */
        SESSION_REVOKED("D", Category.ALERT),
        /** An application said who it is and did not prove it. */
        CLIENT_AUTHENTICATION("E", Category.AUTHENTICATION),
        /** An application got a token. */
        TOKEN_ISSUED("C", Category.ALERT),
        /** An application exchanged a refresh token. */
        TOKEN_REFRESHED("U", Category.ALERT),
        /** A token, code or assertion came a second time. */
        TOKEN_REUSED("E", Category.ALERT),
        /** A token or a grant was ended. */
        TOKEN_REVOKED("D", Category.ALERT),
        /** An EHR made a launch context. */
        LAUNCH_CREATED("C", Category.ALERT),
        /** An application was registered. */
        CLIENT_REGISTERED("C", Category.ALERT),
        /** An application was changed, disabled or removed. */
        CLIENT_CHANGED("U", Category.ALERT),
        /** An account was made. */
        ACCOUNT_CREATED("C", Category.ATTRIBUTES),
        /** An account was changed, disabled or linked. */
        ACCOUNT_CHANGED("U", Category.ATTRIBUTES),
        /** The roles of an account changed. */
        ROLES_CHANGED("U", Category.ROLES),
        /** A version of what a policy says was published. */
        POLICY_PUBLISHED("C", Category.ALERT),
        /** A signing key was made or retired. */
        KEY_ROTATED("U", Category.ALERT),
        /** Somebody said that the database was restored and that the audit chain goes on. */
        AUDIT_RESEALED("E", Category.ALERT),
        /** What a journal held while the audit log took no rows was added to the log. */
        AUDIT_IMPORTED("C", Category.ALERT),
        /** A device got a credential or lost it. */
        DEVICE_CREDENTIAL_CHANGED("U", Category.ATTRIBUTES),
        /** A person allowed an application something. */
        AUTHORIZATION_GRANTED("C", Category.ALERT),
        /** A person or the server refused an application. */
        AUTHORIZATION_REFUSED("E", Category.ALERT),
        /** Somebody broke the glass to see the record of a patient, or tried to. */
        BREAK_GLASS_STARTED("C", Category.ALERT),
        /** Somebody who broke the glass for one patient asked for another. */
        BREAK_GLASS_STRAYED("E", Category.ALERT),
        /** The time of an emergency is over. */
        BREAK_GLASS_ENDED("D", Category.ALERT),
        /** A privacy officer judged why the glass was broken. */
        BREAK_GLASS_REVIEWED("U", Category.ALERT);

        private final String action;
        private final Category category;

        Kind(String action, Category category) {
            this.action = action;
            this.category = category;
        }

        @Override
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        @Override
        public String action() {
            return action;
        }

        /** The DICOM event it belongs to. */
        public Category category() {
            return category;
        }
    }

    /** The DICOM event that a kind belongs to. */
    public enum Category {
        /** Who somebody is. */
        AUTHENTICATION("110114", "User Authentication"),
        /** Something that a watch looks at. */
        ALERT("110113", "Security Alert"),
        /** Who may do what. */
        ROLES("110136", "Security Roles Changed"),
        /** How somebody proves who they are. */
        ATTRIBUTES("110137", "User Security Attributes Changed");

        private final String code;
        private final String display;

        Category(String code, String display) {
            this.code = code;
            this.display = display;
        }

        /** Its code of DCM. */
        public String code() {
            return code;
        }

        /** What DCM calls it. */
        public String display() {
            return display;
        }
    }

    /** Cuts what is too long for a row. */
    public SecurityEvent {
        object = cut(object, LONGEST_OBJECT);
        detail = cut(detail, LONGEST_DETAIL);
    }

    /** An act that came about. */
    public static SecurityEvent succeeded(Kind kind, Agent agent, String object, String detail) {
        return new SecurityEvent(kind, true, agent, object, detail);
    }

    /** An act that was refused or failed. */
    public static SecurityEvent failed(Kind kind, Agent agent, String object, String detail) {
        return new SecurityEvent(kind, false, agent, object, detail);
    }

    private static String cut(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest) : text;
    }
}
