package org.rapport.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A SMART scope over resources, such as {@code patient/Observation.rs?category=laboratory}.
 *
 * @param context whose data it opens
 * @param type resource type, or {@code *} for every type
 * @param permissions what it opens them for
 * @param constraint what resources must match to be opened; empty for all of them
 * @see <a href="https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html">SMART App Launch, scopes</a>
 */
public record Scope(Context context, String type, Set<Permission> permissions, Optional<ScopeConstraint> constraint) {

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
     * @return empty for a scope over anything but resources, and for one that is not understood; that is also one over
     *     all types, and one of version 1, with a constraint
     */
    public static Optional<Scope> parse(String text) {
        int query = text.indexOf('?');
        var matcher = SYNTAX.matcher(query < 0 ? text : text.substring(0, query));
        if (!matcher.matches() || matcher.group(3).isEmpty()) {
            return Optional.empty();
        }
        var context = Context.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
        var whole = new Scope(context, matcher.group(2), permissions(matcher.group(3)), Optional.empty());
        if (query < 0) {
            return Optional.of(whole);
        }
        return VERSION_1.containsKey(matcher.group(3))
                ? Optional.empty()
                : ScopeConstraint.parse(whole.type(), text.substring(query + 1)).map(whole::limitedTo);
    }

    /** Reads a token's scope claim; what {@link #parse} does not understand is left out. */
    public static List<Scope> parseAll(String claim) {
        return Pattern.compile(" ")
                .splitAsStream(claim)
                .map(Scope::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether it opens a type for something, be it for what matches its constraint alone. */
    public boolean opens(String resourceType, Permission permission) {
        return (type.equals("*") || type.equals(resourceType)) && permissions.contains(permission);
    }

    /** In the form of version 2, letters and parameters in one order. */
    public String text() {
        var letters = permissions.stream()
                .sorted()
                .map(permission -> String.valueOf(permission.letter()))
                .collect(Collectors.joining());
        return context.name().toLowerCase(Locale.ROOT) + "/" + type + "." + letters
                + constraint.map(limit -> "?" + limit.text()).orElse("");
    }

    /** Whether it opens everything that another scope opens. */
    public boolean covers(Scope other) {
        return context == other.context
                && (type.equals("*") || type.equals(other.type))
                && permissions.containsAll(other.permissions)
                && (constraint.isEmpty() || constraint.equals(other.constraint));
    }

    private Scope limitedTo(ScopeConstraint limit) {
        return new Scope(context, type, permissions, Optional.of(limit));
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
