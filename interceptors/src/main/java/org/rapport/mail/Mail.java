package org.rapport.mail;

/**
 * A mail as it goes out.
 *
 * @param to the one recipient
 * @param subject says nothing about a patient
 * @param text plain, with lines of any length
 */
public record Mail(String to, String subject, String text) {

    @Override
    public String toString() {
        return "Mail";
    }
}
