package org.rapport.breakglass;

import org.rapport.access.PublicOrigin;
import org.rapport.account.AccountNotices;
import org.rapport.contact.OfficerMails;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells those who have to know, by mails that hold nothing of a patient, in the transaction that runs.
 *
 * @param patients tells patients at their accounts
 */
public record Witnesses(JdbcClient database, OfficerMails officers, AccountNotices patients, PublicOrigin origin) {

    /** Where privacy officers review. */
    public static final String REVIEWS = "/break-glass/reviews";

    /** The glass was broken: privacy officers and the patient are told. */
    void broken(Emergency emergency) {
        officers.tell(emergency.often() ? "break-glass-often" : "break-glass", origin.baseUrl() + REVIEWS);
        database.sql("SELECT username FROM account WHERE fhir_user = ? AND enabled")
                .param("Patient/" + emergency.patient())
                .query(String.class)
                .list()
                .forEach(username -> patients.tell(username, "break-glass-patient"));
    }

    /** A review is late. */
    void late() {
        officers.tell("break-glass-overdue", origin.baseUrl() + REVIEWS);
    }
}
