package org.rapport.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;
import org.rapport.access.PublicOrigin;

class MailTextsTest {

    private static final AccountMail MAIL = new AccountMail(
            new MailAddress("a@example.org"), "alice", "email-confirm", "https://rapport.example.org/email/t0ken");

    private final MailTexts texts = new MailTexts(new PublicOrigin("https://rapport.example.org"));

    @Test
    void areInTheLanguageThatIsPreferred() {
        assertThat(texts.write(MAIL, Locale.forLanguageTag("de-CH")).subject())
                .isEqualTo("Bestätigen Sie Ihre Mailadresse");
        assertThat(texts.write(MAIL, Locale.FRENCH).subject()).isEqualTo("Confirm your mail address");
    }

    @Test
    void nameTheAccountAndTheLinkInTheText() {
        var mail = texts.write(MAIL, Locale.ENGLISH);

        assertThat(mail.subject()).doesNotContain("alice");
        assertThat(mail.text())
                .contains("alice", "https://rapport.example.org/email/t0ken\n")
                .doesNotContain("{");
    }

    @Test
    void areThereInBothLanguages() {
        var english = ResourceBundle.getBundle("org.rapport.account.messages", Locale.ROOT);
        var german = ResourceBundle.getBundle("org.rapport.account.messages", Locale.GERMAN);

        assertThat(german.keySet()).isEqualTo(english.keySet());
        assertThat(english.keySet())
                .filteredOn(key -> key.startsWith("mail."))
                .allSatisfy(key -> assertThat(german.getString(key)).isNotEqualTo(english.getString(key)));
    }

    @Test
    void areNotReadableInToString() {
        assertThat(MAIL.toString()).doesNotContain("t0ken", "example.org");
    }
}
