package org.rapport.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A SMART scope over resources, such as {@code patient/Observation.rs}.
 *
 * @param context whose data it opens
 * @param type resource type, or {@code *} for every type
 * @param permissions what it opens them for
 * @see <a href="https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html">SMART App Launch, scopes</a>
 */
public record Scope(Context context, String type, Set<Permission> permissions) {

    /** Whose data a scope opens. */
    public enum Context {
        /** The patient of the launch context. */
        PATIENT,
        /** Whatever the user may see. */
        USER,
        /** Whatever the client may see by itself. */
        SYSTEM
    }

    /** What a scope opens a type for. */
    public enum Permission {
        /** Make a new resource. */
        CREATE,
        /** Read one resource, one version or its history. */
        READ,
        /** Replace or patch a resource. */
        UPDATE,
        /** Delete a resource. */
        DELETE,
        /** Search a type or list its history. */
        SEARCH;

        /** How scopes write it. */
        char letter() {
            return Character.toLowerCase(name().charAt(0));
        }
    }

    private static final Pattern SYNTAX =
            Pattern.compile("(patient|user|system)/(\\*|[A-Z][A-Za-z]{1,63})\\.(read|write|\\*|c?r?u?d?s?)");

    private static final Map<String, Set<Permission>> VERSION_1 = Map.of(
            "read", EnumSet.of(Permission.READ, Permission.SEARCH),
            "write", EnumSet.of(Permission.CREATE, Permission.UPDATE, Permission.DELETE),
            "*", EnumSet.allOf(Permission.class));

    /** Keeps its own copy of the permissions. */
    public Scope {
        permissions = Set.copyOf(permissions);
    }

    /**
     * Reads one scope.
     *
     * @return empty for a scope over anything but resources, and for one that is not understood: a scope with search
     *     constraints opens nothing until the constraints can be enforced
     */
    public static Optional<Scope> parse(String text) {
        var matcher = SYNTAX.matcher(text);
        if (!matcher.matches() || matcher.group(3).isEmpty()) {
            return Optional.empty();
        }
        var context = Context.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
        return Optional.of(new Scope(context, matcher.group(2), permissions(matcher.group(3))));
    }

    /** Reads a token's scope claim; what {@link #parse} does not understand is left out. */
    public static List<Scope> parseAll(String claim) {
        return Pattern.compile(" ")
                .splitAsStream(claim)
                .map(Scope::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether it opens a type for something. */
    public boolean opens(String resourceType, Permission permission) {
        return (type.equals("*") || type.equals(resourceType)) && permissions.contains(permission);
    }

    private static Set<Permission> permissions(String suffix) {
        var version1 = VERSION_1.get(suffix);
        if (version1 != null) {
            return version1;
        }
        var found = EnumSet.noneOf(Permission.class);
        for (var permission : Permission.values()) {
            if (suffix.indexOf(permission.letter()) >= 0) {
                found.add(permission);
            }
        }
        return found;
    }
}
