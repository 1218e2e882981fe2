package org.rapport.mail.spring;

import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.rapport.mail.MailServer;
import org.rapport.mail.MailSettings;
import org.rapport.mail.MailTransport;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Connects to the mail server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailSettings.class)
class MailTransportConfiguration {

    /** A server that looks through the mail before it takes it needs its time. */
    private static final String TIME_LIMIT_MILLIS = "60000";

    /** The server that is named, or else one that the demo brings along. */
    @Bean
    MailTransport mailTransport(MailSettings settings, ObjectProvider<MailServer> demo) {
        return named(settings)
                .or(() -> Optional.ofNullable(demo.getIfAvailable()))
                .<MailTransport>map(server -> new SmtpTransport(connection(server), settings.from()))
                .orElseGet(NoTransport::new);
    }

    private static Optional<MailServer> named(MailSettings settings) {
        var login = Optional.ofNullable(settings.username())
                .map(name -> new MailServer.Login(
                        name, Optional.ofNullable(settings.password()).orElse("")));
        return Optional.ofNullable(settings.host())
                .filter(host -> !host.isBlank())
                .map(host -> new MailServer(host, settings.port(), login, settings.startTls()));
    }

    private static JavaMailSenderImpl connection(MailServer server) {
        var sender = new JavaMailSenderImpl();
        sender.setHost(server.host());
        sender.setPort(server.port());
        sender.setDefaultEncoding("UTF-8");
        var properties = new Properties();
        for (var limit : List.of("connectiontimeout", "timeout", "writetimeout")) {
            properties.setProperty("mail.smtp." + limit, TIME_LIMIT_MILLIS);
        }
        properties.setProperty("mail.smtp.quitwait", "false");
        if (server.startTls()) {
            properties.setProperty("mail.smtp.starttls.enable", "true");
            properties.setProperty("mail.smtp.starttls.required", "true");
            properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        }
        server.login().ifPresent(login -> {
            sender.setUsername(login.username());
            sender.setPassword(login.password());
            properties.setProperty("mail.smtp.auth", "true");
        });
        sender.setJavaMailProperties(properties);
        return sender;
    }
}
