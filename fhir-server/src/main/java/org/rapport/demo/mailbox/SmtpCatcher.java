package org.rapport.demo.mailbox;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.rapport.server.StartFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** An SMTP server that delivers nothing: what it takes goes to the {@link Mailbox}. */
final class SmtpCatcher implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SmtpCatcher.class);
    private static final int START_TIMEOUT_MILLIS = 10_000;

    private final GreenMail server;
    private final int port;
    private final Mailbox mailbox;
    private final Clock clock;
    private boolean running;

    SmtpCatcher(String host, int port, Mailbox mailbox, Clock clock) {
        var setup = new ServerSetup(port, host, ServerSetup.PROTOCOL_SMTP);
        setup.setServerStartupTimeout(START_TIMEOUT_MILLIS);
        this.server = new GreenMail(setup);
        this.port = port;
        this.mailbox = mailbox;
        this.clock = clock;
        server.getUserManager().setMessageDeliveryHandler((message, recipient) -> new Recipient(message, recipient));
    }

    @Override
    public void start() {
        try {
            server.start();
            running = true;
        } catch (IllegalStateException e) {
            throw new StartFailure(
                    "Port " + port + " for the demo's mail catcher is in use; free it, or choose another with"
                            + " rapport.demo.smtp-port.",
                    e);
        }
    }

    @Override
    public void stop() {
        server.stop();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0;
    }

    /** The port that is listened on. */
    int port() {
        return server.getSmtp().getPort();
    }

    private void keep(MimeMessage message, String to, String from) {
        try {
            mailbox.add(MailReader.read(message, to, from, clock.instant()));
        } catch (MessagingException | IOException e) {
            LOG.warn("A mail in the demo's mail catcher could not be read", e);
        }
    }

    /** Whoever a mail is addressed to: nobody has to be known before. */
    private final class Recipient implements GreenMailUser {

        private final MovingMessage envelope;
        private final String address;

        Recipient(MovingMessage envelope, MailAddress recipient) {
            this.envelope = envelope;
            this.address = recipient.getEmail();
        }

        @Override
        public void deliver(MovingMessage message) {
            deliver(message.getMessage());
        }

        @Override
        public void deliver(MimeMessage message) {
            var from = Optional.ofNullable(envelope.getReturnPath()).map(MailAddress::getEmail);
            keep(message, address, from.orElse(""));
        }

        @Override
        public String getEmail() {
            return address;
        }

        @Override
        public String getLogin() {
            return address;
        }

        @Override
        public String getPassword() {
            return "";
        }

        @Override
        public void setPassword(String password) {}

        @Override
        public void authenticate(String password) {}

        @Override
        public String getQualifiedMailboxName() {
            return address;
        }

        @Override
        public void create() {}

        @Override
        public void delete() {}
    }
}
