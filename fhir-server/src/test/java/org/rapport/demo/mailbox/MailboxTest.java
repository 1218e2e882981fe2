package org.rapport.demo.mailbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rapport.access.PublicOrigin;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

class MailboxTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Mailbox mailbox = new Mailbox();
    private final SmtpCatcher catcher = new SmtpCatcher("127.0.0.1", 0, mailbox, Clock.fixed(NOON, ZoneOffset.UTC));
    private final JavaMailSenderImpl sender = new JavaMailSenderImpl();
    private final MockMvcTester web = MockMvcTester.of(
            List.of(new MailboxPage(mailbox)),
            builder -> builder.addFilters(new FilterChainProxy(
                            new MailboxConfiguration().demoChain(new PublicOrigin("https://rapport.example.org"))))
                    .build());

    @BeforeEach
    void start() {
        catcher.start();
        sender.setHost("127.0.0.1");
        sender.setPort(catcher.port());
    }

    @AfterEach
    void stop() {
        catcher.stop();
    }

    @Test
    void catchesAMailOncePerRecipientNewestFirst() {
        sender.send(mail("first", "alice@example.org", "bob@example.org"));
        sender.send(mail("second", "alice@example.org"));
        assertThat(mailbox.to("")).hasSize(3);
        assertThat(mailbox.to("Alice@example.org"))
                .extracting(entry -> entry.mail().subject())
                .containsExactly("second", "first");
        var latest = mailbox.to("").get(0).mail();
        assertThat(latest.from()).isEqualTo("rapport@example.org");
        assertThat(latest.text().strip()).isEqualTo("Open https://example.org/a/b?c=d.");
        assertThat(latest.html()).isNull();
        assertThat(latest.receivedAt()).isEqualTo(NOON);
    }

    @Test
    void readsBothBodiesAttachmentsAndHeaders() throws MessagingException {
        var message = sender.createMimeMessage();
        var parts = new MimeMessageHelper(message, true, "UTF-8");
        parts.setFrom("rapport@example.org");
        parts.setTo("alice@example.org");
        parts.setSubject("Termin bestätigt");
        parts.setText("Grüße", "<p>Grüße</p>");
        parts.addAttachment("visit.ics", new ByteArrayResource("BEGIN:VCALENDAR".getBytes(UTF_8)), "text/calendar");
        message.addHeader("List-Unsubscribe", "<https://example.org/a/x>");
        sender.send(message);
        var caught = mailbox.to("alice@example.org").get(0).mail();
        assertThat(caught.subject()).isEqualTo("Termin bestätigt");
        assertThat(caught.text().strip()).isEqualTo("Grüße");
        assertThat(caught.html()).contains("<p>Grüße</p>");
        assertThat(caught.headers()).containsEntry("List-Unsubscribe", "<https://example.org/a/x>");
        assertThat(caught.attachments()).singleElement().satisfies(file -> {
            assertThat(file.name()).isEqualTo("visit.ics");
            assertThat(file.contentType()).startsWith("text/calendar");
            assertThat(file.content()).isEqualTo("QkVHSU46VkNBTEVOREFS");
        });
    }

    @Test
    void keepsTheLatest500() {
        for (int i = 0; i < Mailbox.CAPACITY + 10; i++) {
            mailbox.add(new CaughtMail("a@b", "c@d", "mail " + i, "", null, Map.of(), List.of(), NOON));
        }
        assertThat(mailbox.to("")).hasSize(Mailbox.CAPACITY);
        assertThat(mailbox.to("").get(0).mail().subject()).isEqualTo("mail 509");
        assertThat(mailbox.numbered(1)).isEmpty();
    }

    @Test
    void isListedWithTheTextEscaped() {
        sender.send(mail("<script>alert(1)</script>", "alice@example.org"));
        assertThat(web.get().uri("/demo/mailbox"))
                .hasStatusOk()
                .bodyText()
                .contains("&lt;script&gt;")
                .doesNotContain("<script>");
    }

    @Test
    void showsAMailWithItsLinks() {
        sender.send(mail("hello", "alice@example.org"));
        assertThat(web.get().uri("/demo/mailbox/1"))
                .hasStatusOk()
                .bodyText()
                .contains("href=\"https://example.org/a/b?c=d\"");
        assertThat(web.get().uri("/demo/mailbox/2")).hasStatus(404);
    }

    @Test
    void showsHtmlOnlyInASandbox() {
        mailbox.add(new CaughtMail("a@b", "c@d", "html", "", "<b>hi</b>", Map.of(), List.of(), NOON));
        assertThat(web.get().uri("/demo/mailbox/1"))
                .bodyText()
                .contains("sandbox")
                .doesNotContain("<b>hi</b>");
        assertThat(web.get().uri("/demo/mailbox/1/html"))
                .hasStatusOk()
                .headers()
                .hasEntrySatisfying(
                        "Content-Security-Policy",
                        policy ->
                                assertThat(policy.get(0)).startsWith("sandbox ").contains("default-src 'none'"));
    }

    @Test
    void runsNothingAndCanOnlyBeRead() {
        var page = assertThat(web.get().uri("/demo/mailbox"));
        page.headers().hasValue("Content-Security-Policy", MailboxConfiguration.CONTENT_POLICY);
        page.headers().hasValue("Cache-Control", "no-store");
        page.headers().hasValue("Referrer-Policy", "no-referrer");
        assertThat(web.post().uri("/demo/mailbox")).hasStatus(405);
    }

    @Test
    void answersAsJson() {
        sender.send(mail("hello", "alice@example.org"));
        assertThat(web.get().uri("/demo/mailbox.json?to=alice@example.org"))
                .hasStatusOk()
                .bodyText()
                .startsWith("[{\"to\":\"alice@example.org\",\"from\":\"rapport@example.org\",\"subject\":\"hello\"")
                .contains("\"html\":null", "\"headers\":{", "\"attachments\":[]", "\"receivedAt\":");
        assertThat(web.get().uri("/demo/mailbox.json?to=bob@example.org"))
                .bodyText()
                .isEqualTo("[]");
    }

    private static SimpleMailMessage mail(String subject, String... to) {
        var mail = new SimpleMailMessage();
        mail.setFrom("rapport@example.org");
        mail.setTo(to);
        mail.setSubject(subject);
        mail.setText("Open https://example.org/a/b?c=d.\n");
        return mail;
    }
}
