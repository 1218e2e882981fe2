package org.rapport.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.rapport.access.Caller.Role;
import org.rapport.access.Scope.Permission;
import org.rapport.access.TypeRule.RecordLink;

/**
 * Reads the table of the rules. The first line names the columns: types, then roles by their claims, at last the tie to a
 * record.
 */
final class TypeRuleTable {

    private static final String FILE = "access-rules.txt";
    private static final Pattern COLUMNS = Pattern.compile("\\s*\\|\\s*");
    private static final Pattern BLANK = Pattern.compile(" ");
    private static final Set<String> TOLD_BY_OTHERS = Set.of("attached", "entries");

    private TypeRuleTable() {}

    /** The rule of each type. */
    static Map<String, TypeRule> read() {
        var lines = text().lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> List.of(COLUMNS.split(line.strip(), -1)))
                .toList();
        var roles = lines.get(0).subList(1, lines.get(0).size() - 1).stream()
                .map(TypeRuleTable::roles)
                .toList();
        var rules = new HashMap<String, TypeRule>();
        lines.subList(1, lines.size())
                .forEach(columns -> BLANK.splitAsStream(columns.get(0)).forEach(type -> {
                    if (rules.put(type, rule(roles, columns)) != null) {
                        throw new IllegalStateException("Two rules for " + type + "; keep one.");
                    }
                }));
        return Map.copyOf(rules);
    }

    private static List<Role> roles(String claims) {
        return BLANK.splitAsStream(claims)
                .map(claim -> Role.ofClaim(claim).orElseThrow(() -> new IllegalStateException("No role " + claim)))
                .toList();
    }

    private static TypeRule rule(List<List<Role>> roles, List<String> columns) {
        if (columns.size() != roles.size() + 2) {
            throw new IllegalStateException("Not one right for each role: " + columns);
        }
        var rights = new EnumMap<Role, Set<Permission>>(Role.class);
        for (int column = 0; column < roles.size(); column++) {
            var permissions = permissions(columns.get(column + 1));
            roles.get(column).forEach(role -> rights.put(role, permissions));
        }
        var record = columns.get(columns.size() - 1);
        return new TypeRule(rights, recordLink(record), TOLD_BY_OTHERS.contains(record));
    }

    private static Set<Permission> permissions(String letters) {
        return letters.equals("-")
                ? Set.of()
                : Scope.parse("system/*." + letters).orElseThrow().permissions();
    }

    private static Optional<RecordLink> recordLink(String column) {
        int colon = column.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new RecordLink(
                        column.substring(0, colon).strip(),
                        column.substring(colon + 1).strip()));
    }

    private static String text() {
        try (var file = TypeRuleTable.class.getResourceAsStream(FILE)) {
            return new String(Objects.requireNonNull(file, FILE).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
