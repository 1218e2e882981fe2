package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.harness.Harness;
import org.rapport.harness.Ports;
import org.rapport.harness.Server;
import org.rapport.harness.ServerPlan;

class StartFailureIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    @RegisterExtension
    final Harness harness = new Harness();

    @ParameterizedTest(name = "{0}")
    @CsvSource({"rapport.http.port", "rapport.management.port", "rapport.mqtt.port", "rapport.database.embedded-port"})
    void namesThePortThatIsInUse(String property) throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = taken.getLocalPort();
            assertRefused(harness.plan("a").with(property, port), Integer.toString(port), property);
        }
    }

    @Test
    void namesTheDataDirectoryThatIsInUse() throws IOException {
        var plan = harness.plan("a");
        var data = Path.of(plan.property("rapport.data-dir"));
        Files.createDirectories(data);
        try (var channel = FileChannel.open(
                        data.resolve("rapport.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertRefused(plan, data.toString(), "rapport.data-dir");
        }
    }

    @Test
    void saysThatTheDatabaseIsUnreachable() {
        var url = "jdbc:postgresql://127.0.0.1:" + Ports.free() + "/rapport";
        assertRefused(harness.plan("a").with("rapport.database.url", url), url, "rapport.database.url");
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "rapport.http.port, eighty",
        "rapport.http.port, 70000",
        "rapport.database.statement-timeout, soon",
        "rapport.database.connections, 1",
    })
    void namesThePropertyThatIsWrong(String property, String value) {
        assertRefused(harness.plan("a").with(property, value), value, property);
    }

    private void assertRefused(ServerPlan plan, String... named) {
        Server server = harness.server(plan).launch();
        assertThat(server.awaitExit(LIMIT)).as("exit code").isNotZero();
        assertThat(server.errors().lines())
                .as("standard error")
                .singleElement()
                .asString()
                .contains(named)
                .doesNotContain("Exception");
        assertThat(server.output()).as("standard output").doesNotContain("\tat ", "Exception");
    }
}
