package org.rapport.benchmarks.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rapport.RapportApplication;
import org.rapport.benchmarks.workload.Operation;
import org.springframework.boot.SpringApplication;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.oauth2.jwt.JwtDecoder;

class CostBudgetIT {

    private static final Budgets BUDGETS = Budgets.read(Path.of("budgets.properties"));

    @TempDir
    private Path data;

    @Test
    void noOperationPassesItsBudget() throws IOException, JOSEException {
        var costs = measure(new SystemToken(new RSAKeyGenerator(2048).generate()));

        var table = CostTable.of(costs, BUDGETS);
        System.out.println(table);
        Files.writeString(Path.of("target/costs.md"), table);
        assertThat(BUDGETS.excess(costs)).isEmpty();
    }

    private Map<Operation, Cost> measure(SystemToken token) throws IOException {
        var application = new SpringApplication(RapportApplication.class);
        application.addInitializers(context -> ((GenericApplicationContext) context)
                .registerBean(JwtDecoder.class, token::decoder, definition -> definition.setPrimary(true)));
        try (var statements = new PrintStream("target/cost-statements.sql", StandardCharsets.UTF_8)) {
            return new CostProbe(application, BUDGETS, token).measure(arguments(), statements);
        }
    }

    private String[] arguments() throws IOException {
        return new String[] {
            "--spring.main.banner-mode=off",
            "--logging.level.root=error",
            "--rapport.anomaly.trusted-clients=benchmark",
            "--rapport.data-dir=" + data.resolve("rapport"),
            "--rapport.http.port=" + freePort(),
            "--rapport.management.port=" + freePort(),
            "--rapport.mqtt.port=" + freePort(),
            "--rapport.database.embedded-port=" + freePort()
        };
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
