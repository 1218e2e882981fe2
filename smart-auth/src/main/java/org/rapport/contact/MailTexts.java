package org.rapport.contact;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.rapport.access.PublicOrigin;
import org.rapport.mail.Mail;

/** Writes account mails, in English or German. */
final class MailTexts {

    private static final String BUNDLE = "org.rapport.account.messages";
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);

    private final PublicOrigin origin;

    MailTexts(PublicOrigin origin) {
        this.origin = origin;
    }

    /** Whether there is such a mail. */
    static boolean knows(String message) {
        return bundle(Locale.ENGLISH).containsKey(subject(message));
    }

    /** The mail as it goes out; a language that nobody translated into becomes English. */
    Mail write(AccountMail mail, Locale wanted) {
        var words = bundle(supported(wanted));
        var text = format(words, "mail." + mail.message() + ".text", mail);
        return new Mail(
                mail.to().text(),
                format(words, subject(mail.message()), mail),
                text + "\n\n" + format(words, "mail.signature", mail) + "\n");
    }

    private String format(ResourceBundle words, String name, AccountMail mail) {
        return new MessageFormat(words.getString(name), words.getLocale())
                .format(new Object[] {mail.username(), mail.link(), origin.baseUrl()});
    }

    private static Locale supported(Locale wanted) {
        return LANGUAGES.stream()
                .filter(language -> language.getLanguage().equals(wanted.getLanguage()))
                .findFirst()
                .orElse(Locale.ENGLISH);
    }

    private static ResourceBundle bundle(Locale language) {
        return ResourceBundle.getBundle(BUNDLE, language, NO_FALLBACK);
    }

    private static String subject(String message) {
        return "mail." + message + ".subject";
    }
}
