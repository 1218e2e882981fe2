package org.rapport.access;

import static java.util.stream.Collectors.joining;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Caller.Role;
import org.rapport.access.Reach.Everything;
import org.rapport.access.Reach.Nothing;

/** Asks the rules about every type, interaction, operation and role, and writes the answers as a table to be read. */
final class AccessMatrix {

    private static final String EXPLANATION = """
            # What the access rules answer somebody of each role whose app has every scope. A test compares it with the rules;
            # -Drapport.matrix.write=true writes it anew.
            #
            # c create          r read            u update          p patch           d delete          s search
            # v version         h history of one  H history of all  i create under an id of one's own
            # ! of everybody: not limited to the records of certain patients, though the type is about patients
            # $ may be run
            # x masked: the role sees the type, and not this element of it
            """;

    private static final Map<Interaction, String> LETTERS = letters();

    private final AccessRules rules = new AccessRules(
            new Relations(
                    practitioner -> Set.of("treated"),
                    user -> user.equals("RelatedPerson/proxy") ? Set.of("alice") : Set.of()),
            ConstraintMatcher.NONE);

    String text() {
        var rows = new ArrayList<List<String>>();
        rows.add(row("type", role -> role.claim()));
        FhirContext.forR4Cached().getResourceTypes().stream()
                .sorted()
                .forEach(type -> rows.add(row(type, role -> onType(role, type))));
        rows.add(row("operation", role -> role.claim()));
        OperationRule.all()
                .flatMap(rule -> rule.levels().stream()
                        .sorted()
                        .flatMap(level -> types(rule).map(type -> new Action(level, type, rule.name()))))
                .distinct()
                .sorted((one, other) -> name(one).compareTo(name(other)))
                .forEach(action -> rows.add(row(name(action), role -> runs(role, action))));
        rows.add(row("masked", role -> role.claim()));
        MaskedElement.all()
                .map(masked -> masked.type() + "." + masked.element())
                .sorted()
                .distinct()
                .forEach(path -> rows.add(row(path, role -> masks(role, path))));
        return EXPLANATION + rows.stream().map(row -> line(row, rows)).collect(joining());
    }

    private static Stream<String> types(OperationRule rule) {
        return rule.types().isEmpty() ? Stream.of("") : rule.types().stream().sorted();
    }

    private static String name(Action action) {
        var type = action.type().isEmpty() ? "[any]" : action.type();
        return switch (action.interaction()) {
            case OPERATION_INSTANCE -> type + "/[id]/" + action.operation();
            case OPERATION_TYPE -> type + "/" + action.operation();
            default -> action.operation();
        };
    }

    private static List<String> row(String name, java.util.function.Function<Role, String> cell) {
        return Stream.concat(Stream.of(name), Arrays.stream(Role.values()).map(cell))
                .toList();
    }

    private static String line(List<String> row, List<List<String>> all) {
        var line = new StringBuilder(
                row.get(0).equals("type")
                                || row.get(0).equals("operation")
                                || row.get(0).equals("masked")
                        ? "\n"
                        : "");
        for (int column = 0; column < row.size(); column++) {
            int at = column;
            int width =
                    all.stream().mapToInt(other -> other.get(at).length()).max().orElseThrow();
            line.append(column == 0 ? "" : " | ")
                    .append(row.get(column))
                    .append(" ".repeat(width - row.get(column).length()));
        }
        return line.toString().stripTrailing() + "\n";
    }

    private String onType(Role role, String type) {
        var open = new StringBuilder();
        LETTERS.forEach((interaction, letter) -> {
            if (!(rules.reach(caller(role), Action.on(interaction, type)) instanceof Nothing)) {
                open.append(letter);
            }
        });
        boolean ofEverybody = TypeRule.of(type).recordLink().isPresent()
                && rules.reach(caller(role), Action.on(Interaction.READ, type)) instanceof Everything;
        return open.isEmpty() ? "-" : open + (ofEverybody ? "!" : "");
    }

    private String runs(Role role, Action action) {
        var one = action.type().isEmpty() ? new Action(action.interaction(), "Patient", action.operation()) : action;
        return rules.reach(caller(role), one) instanceof Nothing ? "-" : "$";
    }

    private String masks(Role role, String path) {
        var typeAndElement = path.split("\\.", 2);
        return rules.masked(caller(role), typeAndElement[0]).contains(typeAndElement[1]) ? "x" : "-";
    }

    private static Caller caller(Role role) {
        var user = switch (role) {
            case PATIENT -> "Patient/alice";
            case PROXY -> "RelatedPerson/proxy";
            default -> "Practitioner/somebody";
        };
        return new Caller(
                "somebody",
                "app",
                Set.of(role),
                List.copyOf(Scope.parseAll("system/*.cruds user/*.cruds patient/*.cruds")),
                Optional.of(user),
                Optional.of("alice"));
    }

    private static Map<Interaction, String> letters() {
        var letters = new LinkedHashMap<Interaction, String>();
        letters.put(Interaction.CREATE, "c");
        letters.put(Interaction.READ, "r");
        letters.put(Interaction.UPDATE, "u");
        letters.put(Interaction.PATCH, "p");
        letters.put(Interaction.DELETE, "d");
        letters.put(Interaction.SEARCH, "s");
        letters.put(Interaction.VREAD, "v");
        letters.put(Interaction.HISTORY_INSTANCE, "h");
        letters.put(Interaction.HISTORY_TYPE, "H");
        letters.put(Interaction.CREATE_WITH_ID, "i");
        return letters;
    }
}
