package org.rapport.invitation.spring;

import java.util.Objects;
import org.rapport.invitation.Invitations.Answer;

/** What an invited person enters; a missing field is empty. */
record AnswerForm(String code, String birthDate, String username, String password, String repeated) {

    AnswerForm {
        code = Objects.requireNonNullElse(code, "");
        birthDate = Objects.requireNonNullElse(birthDate, "");
        username = Objects.requireNonNullElse(username, "").strip();
        password = Objects.requireNonNullElse(password, "");
        repeated = Objects.requireNonNullElse(repeated, "");
    }

    Answer answer() {
        return new Answer(code, InvitationForm.date(birthDate.strip()), username, password);
    }

    /** Nothing: neither code nor password has a place in a log. */
    @Override
    public String toString() {
        return "AnswerForm";
    }
}
