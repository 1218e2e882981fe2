package org.rapport.mail.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.mail.Mail;
import org.rapport.mail.MessageId;
import org.rapport.outbox.Sender.Outcome;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class SmtpTransportTest {

    private static final Mail MAIL = new Mail("alice@example.org", "Grüße", "Eine Zeile\nund ünd noch eine\n");

    private static SmtpTransport to(int port) {
        var server = new JavaMailSenderImpl();
        server.setHost("127.0.0.1");
        server.setPort(port);
        server.getJavaMailProperties().setProperty("mail.smtp.timeout", "5000");
        return new SmtpTransport(server, "rapport@clinic.example.org");
    }

    @Test
    void sendsTheMailUnderAnIdThatStaysTheSameAtEachAttempt() throws IOException {
        try (var peer = new MailPeer("", "")) {
            var transport = to(peer.port());

            assertThat(transport.send("key-1", MAIL)).isEqualTo(new Outcome.Sent());
            assertThat(transport.send("key-1", MAIL)).isEqualTo(new Outcome.Sent());

            assertThat(peer.mails())
                    .hasSize(2)
                    .allSatisfy(mail -> assertThat(mail)
                            .contains(
                                    "Message-ID: " + MessageId.of("key-1", "clinic.example.org"),
                                    "From: rapport@clinic.example.org",
                                    "To: alice@example.org",
                                    "Auto-Submitted: auto-generated",
                                    "Eine Zeile"));
        }
    }

    @ParameterizedTest(name = "{0} is answered by {1}")
    @CsvSource({"MAIL, 451 later", "RCPT, 450 the mailbox is busy", "DATA, 452 no room", "RCPT, ''", "MAIL, ''"})
    void failsSoThatItIsTriedAgain(String word, String answer) throws IOException {
        try (var peer = new MailPeer(word, answer)) {
            assertThat(to(peer.port()).send("key", MAIL))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.toString()).doesNotContain("alice"));
            assertThat(peer.mails()).isEmpty();
        }
    }

    @Test
    void hasSentTheMailWhenOnlyTheEndOfTheConnectionFails() throws IOException {
        try (var peer = new MailPeer("QUIT", "")) {
            assertThat(to(peer.port()).send("key", MAIL)).isEqualTo(new Outcome.Sent());
            assertThat(peer.mails()).hasSize(1);
        }
    }

    @Test
    void refusesAnAddressThatIsNone() throws IOException {
        try (var peer = new MailPeer("", "")) {
            assertThat(to(peer.port()).send("key", new Mail("no address", "x", "y")))
                    .isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void failsWhereNobodyListens() throws IOException {
        int port;
        try (var peer = new MailPeer("", "")) {
            port = peer.port();
        }
        assertThat(to(port).send("key", MAIL)).isInstanceOf(Outcome.Failed.class);
    }
}
