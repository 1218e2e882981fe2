package org.rapport.mail;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The mail server that takes our messages. Without one, messages wait for three days and are then set aside.
 *
 * @param host name or address of the SMTP server; in the demo the mail catcher, unless one is named
 * @param port its TCP port, 1 to 65535
 * @param username who logs in; without it nobody does
 * @param password the secret for it
 * @param startTls whether the connection must be encrypted by STARTTLS; leave it on but for a server on the same machine
 * @param from the address that messages come from, such as no-reply@clinic.example
 */
@Validated
@ConfigurationProperties("rapport.mail")
public record MailSettings(
        @Nullable String host,
        @Min(1) @Max(65_535) @DefaultValue("587") int port,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue("true") boolean startTls,
        @NotBlank @DefaultValue("no-reply@rapport.example") String from) {

    @Override
    public String toString() {
        return "MailSettings[host=" + host + ", port=" + port + ", username=" + username + ", from=" + from + "]";
    }
}
