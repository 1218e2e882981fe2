package org.rapport.siem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rapport.audit.AuditLog;
import org.rapport.audit.AuditTrail;
import org.rapport.audit.Entity;
import org.rapport.audit.Interaction;
import org.rapport.audit.SecurityLog;
import org.rapport.chain.Chain;
import org.rapport.chain.ChainKeys;
import org.rapport.chain.Chainer;
import org.rapport.testing.AuditTables;
import org.rapport.testing.OwnThread;
import org.rapport.testing.TestDatabase;
import org.rapport.testing.TestSealing;
import org.rapport.work.Work;
import org.springframework.jdbc.core.JdbcTemplate;

class SyslogExportTest {

    private final TestDatabase database = AuditTables.make();
    private final AuditLog log = new AuditLog(new JdbcTemplate(database.source()));
    private final Chainer chainer = new Chainer(
            new Chain(new JdbcTemplate(database.source())),
            new ChainKeys(database.client(), new TestSealing("master"), new SecurityLog(log)),
            database.transactions(),
            Duration.ofDays(1));
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private ServerSocket collector;

    @BeforeEach
    void listen() throws IOException {
        collector = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        OwnThread.EACH.execute(this::receive);
        chainer.prepare();
    }

    @AfterEach
    void hangUp() throws IOException {
        collector.close();
    }

    @Test
    void sendsEachChainedRowOnceInItsOrder() {
        append("o1", 200);
        append("o2", 404);
        chainer.step();
        var export = export(collector.getLocalPort());
        assertThat(export.step()).isEqualTo(Work.Step.IDLE);
        append("o3", 200);
        chainer.step();
        export.step();

        await().until(() -> text().contains("Observation/o3"));
        assertThat(text()).containsSubsequence("Observation/o1", "Observation/o2", "Observation/o3");
        assertThat(text().split("Observation/o1", -1)).hasSize(2);
        assertThat(text()).containsPattern("\\d+ <109>1 \\S+Z fhir.example.org rapport - read - \ufeffObservation/o1");
        assertThat(text()).containsPattern("<108>1 \\S+ fhir.example.org rapport - read - \ufeffObservation/o2");
    }

    @Test
    void sendsAgainWhatACollectorMayNotHaveGot() throws IOException {
        append("o1", 200);
        chainer.step();
        collector.close();
        var export = export(collector.getLocalPort());
        assertThatThrownBy(export::step).isInstanceOf(UncheckedIOException.class);

        listen();
        export(collector.getLocalPort()).step();
        await().until(() -> text().contains("Observation/o1"));
    }

    @Test
    void leavesAPageToTheInstanceThatIsAtIt() {
        append("o1", 200);
        chainer.step();
        database.client()
                .sql(
                        "update audit_export_cursor set lease = gen_random_uuid(), leased_until = now() + interval '1 minute'")
                .update();
        assertThat(export(collector.getLocalPort()).step()).isEqualTo(Work.Step.IDLE);
        assertThat(text()).isEmpty();

        database.client()
                .sql("update audit_export_cursor set leased_until = now() - interval '1 minute'")
                .update();
        export(collector.getLocalPort()).step();
        await().until(() -> text().contains("Observation/o1"));
    }

    @Test
    void givesUpOnACollectorThatTakesNothing() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var line = new SyslogLine(
                        new SyslogSettings("127.0.0.1", silent.getLocalPort(), false),
                        Duration.ofMillis(200),
                        (SSLSocketFactory) SSLSocketFactory.getDefault())) {
            assertThatThrownBy(() -> line.send(List.of(new byte[50_000_000])))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void framesEachMessageByItsLength() {
        var frame = new String(
                new SyslogMessage("a host").framed(Instant.parse("2026-03-01T08:00:00Z"), "read", 503, "{\"a\":\"ä\"}"),
                StandardCharsets.UTF_8);
        int space = frame.indexOf(' ');

        assertThat(frame.substring(space + 1))
                .isEqualTo("<107>1 2026-03-01T08:00:00Z ahost rapport - read - \ufeff{\"a\":\"ä\"}");
        assertThat(Integer.parseInt(frame.substring(0, space)))
                .isEqualTo(frame.substring(space + 1).getBytes(StandardCharsets.UTF_8).length);
    }

    private SyslogExport export(int port) {
        return new SyslogExport(
                new SyslogExport.Source(
                        database.client(),
                        row -> row.entry().entity().type().orElse("-") + "/"
                                + row.entry().entity().id().orElse("-"),
                        "fhir.example.org"),
                new SyslogSettings("127.0.0.1", port, false));
    }

    private void append(String id, int status) {
        var trail = AuditTrail.of("request", "192.0.2.7", Optional.empty());
        var entity = new Entity(Optional.of("Observation"), Optional.of(id), Optional.empty(), Optional.empty());
        log.append(trail.entries(trail.agent(null), Interaction.READ, status, entity, Set.of()));
    }

    private void receive() {
        try {
            while (true) {
                var connection = collector.accept();
                OwnThread.EACH.execute(() -> copy(connection));
            }
        } catch (IOException e) {
            // the test has ended
        }
    }

    private void copy(Socket connection) {
        try {
            for (int read = connection.getInputStream().read();
                    read >= 0;
                    read = connection.getInputStream().read()) {
                synchronized (received) {
                    received.write(read);
                }
            }
        } catch (IOException e) {
            // the test has ended
        }
    }

    private String text() {
        synchronized (received) {
            return received.toString(StandardCharsets.UTF_8);
        }
    }
}
