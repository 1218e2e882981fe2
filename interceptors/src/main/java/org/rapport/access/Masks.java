package org.rapport.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.rapport.access.Caller.Role;

/** The elements that a role does not see of a type it may see. The rules are a table, {@code access-masks.txt}. */
public final class Masks {

    private static final String FILE = "access-masks.txt";
    private static final Pattern COLUMNS = Pattern.compile("\\s*\\|\\s*");
    private static final Pattern BLANKS = Pattern.compile(" +");
    private static final Map<Role, Map<String, Set<String>>> TABLE = parse(text());

    private Masks() {}

    /** The masked elements of a type; none for most. */
    public static Set<String> of(Role role, String type) {
        return TABLE.getOrDefault(role, Map.of()).getOrDefault(type, Set.of());
    }

    /** The types of which a role sees a part. */
    public static Set<String> typesOf(Role role) {
        return TABLE.getOrDefault(role, Map.of()).keySet();
    }

    /** Whether somebody with these roles may be one from whom something is masked. */
    public static boolean concern(Set<Role> roles) {
        return roles.stream().anyMatch(TABLE::containsKey);
    }

    /**
     * Reads the table.
     *
     * @throws IllegalStateException for an unknown role, two rows about the same, or a mask of systems
     */
    static Map<Role, Map<String, Set<String>>> parse(String table) {
        var masks = new EnumMap<Role, Map<String, Set<String>>>(Role.class);
        table.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .skip(1)
                .map(line -> COLUMNS.split(line.strip(), -1))
                .forEach(columns -> BLANKS.splitAsStream(columns[0])
                        .map(Masks::role)
                        .forEach(role -> BLANKS.splitAsStream(columns[1]).forEach(type -> {
                            var elements = Set.copyOf(Arrays.asList(BLANKS.split(columns[2])));
                            if (masks.computeIfAbsent(role, key -> new HashMap<>())
                                            .put(type, elements)
                                    != null) {
                                throw new IllegalStateException(
                                        "Two masks of " + type + " for " + role + "; keep one.");
                            }
                        })));
        masks.replaceAll((role, types) -> Map.copyOf(types));
        return masks;
    }

    private static Role role(String claim) {
        return Role.ofClaim(claim)
                .filter(role -> role != Role.SYSTEM)
                .orElseThrow(() -> new IllegalStateException("No mask for " + claim + "; name a role of people."));
    }

    private static String text() {
        try (var file = Masks.class.getResourceAsStream(FILE)) {
            return new String(Objects.requireNonNull(file, FILE).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
