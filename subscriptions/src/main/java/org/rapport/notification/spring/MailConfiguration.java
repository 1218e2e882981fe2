package org.rapport.notification.spring;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.rapport.notification.Composer;
import org.rapport.notification.MailServer;
import org.rapport.notification.MailSettings;
import org.rapport.notification.hapi.Communications;
import org.rapport.notification.hapi.Messages;
import org.rapport.outbox.Outbox;
import org.rapport.outbox.Sending;
import org.rapport.work.Work;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.support.TransactionOperations;

/** Sends what is in the outbox for mail. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailSettings.class)
class MailConfiguration {

    /** A server that looks through the mail before it takes it needs its time. */
    private static final String TIME_LIMIT_MILLIS = "60000";

    private static final Sending.Plan TWO_AT_A_TIME = new Sending.Plan(2, Duration.ofSeconds(30));

    @Bean
    Work mailWork(Outbox mailOutbox, MailSending mailSending, TransactionOperations transaction) {
        return new Sending(mailOutbox, mailSending, transaction, TWO_AT_A_TIME);
    }

    /** The server that is named, or else one that the demo brings along. */
    @Bean
    MailSending mailSending(
            List<Composer> composers,
            Communications communications,
            Messages messages,
            MailSettings settings,
            ObjectProvider<MailServer> demo) {
        var route = named(settings)
                .or(() -> Optional.ofNullable(demo.getIfAvailable()))
                .map(server -> new MailSending.MailRoute(connection(server), settings.from()));
        return new MailSending(composers, communications, messages, route);
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
