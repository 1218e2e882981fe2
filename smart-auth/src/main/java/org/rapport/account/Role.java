package org.rapport.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an account may be used as; its code stands in access tokens and in the database. */
public enum Role {
    PATIENT,
    PROXY,
    CLINICIAN,
    CARE_MANAGER,
    CLERK,
    ADMIN,
    PRIVACY_OFFICER,
    AUDITOR,
    INTEGRATOR,
    DEVICE;

    /** The name outside of Java, such as {@code care-manager}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether somebody in this role may invite anybody; whom, InvitationRules say. */
    public boolean invites() {
        return this == CLINICIAN || this == CARE_MANAGER || this == CLERK || this == ADMIN;
    }

    /** The role with this code; empty when there is none. */
    public static Optional<Role> ofCode(String code) {
        return Arrays.stream(values()).filter(role -> role.code().equals(code)).findFirst();
    }
}
