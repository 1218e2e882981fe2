package org.rapport.benchmarks.cost;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.rapport.benchmarks.workload.FhirEndpoint;
import org.rapport.benchmarks.workload.Operation;
import org.rapport.benchmarks.workload.Samples;
import org.rapport.benchmarks.workload.World;
import org.springframework.boot.SpringApplication;

/**
 * Starts a server inside this JVM with a counter at its connection pool, measures each operation, and stops it.
 *
 * <p>The server is any Spring Boot application that serves FHIR at {@code /fhir} from a PostgreSQL behind HikariCP.
 */
public final class CostProbe {

    /** Enough that no search is asked twice: HAPI answers a repeated search from the first one's result. */
    private static final int PATIENTS = 32;

    private final SpringApplication application;
    private final Budgets budgets;
    private final Supplier<String> token;

    /**
     * Says what is measured.
     *
     * @param application the server; started once
     * @param budgets names the tables that are not counted
     * @param token gives access tokens for it; an empty one sends none
     */
    public CostProbe(SpringApplication application, Budgets budgets, Supplier<String> token) {
        this.application = application;
        this.budgets = budgets;
        this.token = token;
    }

    /**
     * Measures every operation.
     *
     * @param arguments the server's
     * @param statements where one example of each operation's statements is printed
     */
    public Map<Operation, Cost> measure(String[] arguments, PrintStream statements) {
        var counter = new StatementCounter(budgets.uncountedTables(), budgets.backgroundThreads());
        var pool = new CountedPool(counter);
        application.addInitializers(context -> context.getBeanFactory().addBeanPostProcessor(pool));
        try (var context = application.run(arguments)) {
            var port = context.getEnvironment().getRequiredProperty("local.server.port");
            var server = new FhirEndpoint(URI.create("http://127.0.0.1:" + port + "/fhir"), token);
            var statistics = new DatabaseStatistics(pool.uncounted(), budgets.uncountedTables());
            var meter = new CostMeter(server, counter, statistics);
            var world = World.create(server, new Samples(Long.toString(context.getStartupDate(), 36)), PATIENTS);
            var costs = new EnumMap<Operation, Cost>(Operation.class);
            for (var operation : Operation.values()) {
                costs.put(operation, meter.measure(operation, world));
                statements.printf("%n-- %s%n", operation.label());
                meter.statements(operation, world).forEach(statements::println);
            }
            return costs;
        }
    }

    /**
     * Measures a server that asks for no token, and prints the table.
     *
     * @param arguments main class, file of budgets, then the server's own arguments
     * @throws ClassNotFoundException when there is no such class
     */
    public static void main(String[] arguments) throws ClassNotFoundException {
        if (arguments.length < 2) {
            System.err.println("Expected: MAIN-CLASS BUDGETS [SERVER-ARGUMENT…]");
            System.exit(2);
        }
        var budgets = Budgets.read(Path.of(arguments[1]));
        var probe = new CostProbe(new SpringApplication(Class.forName(arguments[0])), budgets, () -> "");
        var costs = probe.measure(Arrays.copyOfRange(arguments, 2, arguments.length), System.err);
        System.out.print(CostTable.of(costs, budgets));
    }
}
