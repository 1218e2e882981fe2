package org.rapport.benchmarks.load;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rapport.benchmarks.workload.BackendServicesToken;
import org.rapport.benchmarks.workload.FhirEndpoint;

/** What the load driver was asked to do: {@code --name=value} arguments. */
final class Options {

    static final String HELP = """
            Drives one FHIR server on this machine, or two in turns (A, B, B, A, …).

              --a=URL, --b=URL            FHIR bases, such as http://127.0.0.1:8080/fhir; B may be left out
              --token-a=…, --token-b=…    bearer tokens, or instead, renewed as needed:
              --credentials-a=FILE, --credentials-b=FILE   demo-credentials.json of a server
              --client-a=ID, --client-b=ID                 backend client in it (demo-backend)
              --pids-a=N,N --pids-b=N,N   processes whose CPU counts, with their children
              --mix=OPERATION:WEIGHT,…    default create:2,read:4,search-category:2,search-code-date:1,search-name:1
              --workers=N                 requests at once, 1 to 256 (4)
              --rate=N                    requests started per second; 0, the default, is as fast as answers come
              --duration=SECONDS          of one round on one side, up to 3600 (20)
              --count=N                   most requests in a round (1000000)
              --rounds=N                  rounds on each side, up to 100 (4)
              --warm-up=SECONDS           before the first round, the same on both sides (20)
              --patients=N                sample patients stored before, each with 99 resources (32)
              --hooks=yes                 measure nothing but the time from a create to a rest-hook receiver
            """;

    private static final Set<String> NAMES = Pattern.compile("--([a-z-]+)=")
            .matcher(HELP)
            .results()
            .map(result -> result.group(1))
            .collect(Collectors.toUnmodifiableSet());

    private final Map<String, String> values = new HashMap<>();
    private final Clock clock;

    Options(String[] arguments, Clock clock) {
        this.clock = clock;
        for (var argument : arguments) {
            var parts = argument.replaceFirst("^--", "").split("=", 2);
            if (!argument.startsWith("--") || parts.length < 2 || !NAMES.contains(parts[0])) {
                throw new IllegalArgumentException("Unknown option \"%s\"; --help lists them.".formatted(argument));
            }
            values.put(parts[0], parts[1]);
        }
    }

    /** Whether a side was named; {@code a} or {@code b}. */
    boolean has(String side) {
        return values.containsKey(side);
    }

    /** Whether the way to a Subscription's receiver is measured, and nothing else. */
    boolean hooks() {
        return text("hooks", "").equals("yes");
    }

    FhirEndpoint server(String side) {
        if (!has(side)) {
            throw new IllegalArgumentException("Expected --%s=URL".formatted(side));
        }
        return new FhirEndpoint(URI.create(text(side, "")), token(side));
    }

    ProcessCpu processes(String side) {
        return new ProcessCpu(Arrays.stream(text("pids-" + side, "").split(","))
                .filter(pid -> !pid.isBlank())
                .map(pid -> number("pids-" + side, pid.strip(), Long::valueOf))
                .toList());
    }

    Load load() {
        return new Load(
                Mix.parse(text("mix", "create:2,read:4,search-category:2,search-code-date:1,search-name:1")),
                number("workers", 4, 256),
                number("rate", text("rate", "0"), Double::valueOf),
                Duration.ofSeconds(number("duration", 20, 3600)),
                number("count", 1_000_000, 100_000_000));
    }

    Duration warmUp() {
        return Duration.ofSeconds(number("warm-up", 20, 3600));
    }

    int rounds() {
        return number("rounds", 4, 100);
    }

    int patients() {
        return number("patients", 32, 10_000);
    }

    private Supplier<String> token(String side) {
        var credentials = text("credentials-" + side, "");
        if (!credentials.isEmpty()) {
            return new BackendServicesToken(Path.of(credentials), text("client-" + side, "demo-backend"), clock);
        }
        var fixed = text("token-" + side, "");
        return () -> fixed;
    }

    private int number(String name, int preset, int highest) {
        int value = number(name, text(name, Integer.toString(preset)), Integer::valueOf);
        if (value < 0 || value > highest) {
            throw new IllegalArgumentException("Expected --%s=N up to %d, not %d".formatted(name, highest, value));
        }
        return value;
    }

    private static <N extends Number> N number(String name, String text, Function<String, N> parser) {
        try {
            return parser.apply(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Expected a number as --%s, not \"%s\"".formatted(name, text), e);
        }
    }

    private String text(String name, String preset) {
        return values.getOrDefault(name, preset);
    }
}
