package org.rapport.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;

/** Whatever the server says it can do has a row in the reviewed matrix: nothing is served that nobody decided about. */
class MatrixCoverageIT {

    private static final Path MATRIX = Path.of("..", "interceptors", "src", "test", "resources", "access-matrix.txt");

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static final Set<String> TYPES = new TreeSet<>();
    private static final Set<String> OPERATIONS = new TreeSet<>();

    @BeforeAll
    static void readCapabilities() {
        var rest =
                FhirSession.json(SHARED.session("demo-backend").get("metadata")).at("/rest/0");
        rest.path("operation")
                .forEach(operation -> OPERATIONS.add(operation.path("name").asText()));
        rest.path("resource").forEach(resource -> {
            TYPES.add(resource.path("type").asText());
            resource.path("operation")
                    .forEach(operation -> OPERATIONS.add(operation.path("name").asText()));
        });
    }

    @Test
    void holdsEveryType() throws IOException {
        assertThat(TYPES).hasSizeGreaterThan(100);
        assertThat(rows()).containsAll(TYPES);
    }

    @Test
    void holdsEveryOperation() throws IOException {
        assertThat(OPERATIONS).isNotEmpty();
        var decided = rows().stream()
                .filter(row -> row.indexOf('$') >= 0)
                .map(row -> row.substring(row.indexOf('$')))
                .collect(Collectors.toSet());
        assertThat(OPERATIONS)
                .allSatisfy(name -> assertThat(decided).contains(name.startsWith("$") ? name : "$" + name));
    }

    private static Set<String> rows() throws IOException {
        return Files.readAllLines(MATRIX).stream()
                .filter(line -> !line.startsWith("#") && line.indexOf('|') > 0)
                .map(line -> line.substring(0, line.indexOf('|')).strip())
                .collect(Collectors.toSet());
    }
}
