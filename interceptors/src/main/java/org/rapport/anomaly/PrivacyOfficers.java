package org.rapport.anomaly;

/** Those who watch over who saw what. */
@FunctionalInterface
public interface PrivacyOfficers {

    /**
     * Has a mail sent to each of them that says that something was found, in the transaction that runs.
     *
     * @param link where to look at it; names no patient
     */
    void tell(String link);
}
