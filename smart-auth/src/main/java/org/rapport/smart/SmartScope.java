package org.rapport.smart;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * A SMART scope on resources, such as {@code patient/Observation.rs}.
 *
 * @param resourceType an R4 resource type, or {@code *}
 * @see <a href="https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html">SMART scopes</a>
 */
public record SmartScope(Level level, String resourceType, Set<Permission> permissions) {

    /** Scopes without a resource that a client may have. */
    public static final Set<String> PLAIN =
            Set.of("openid", "fhirUser", "profile", "launch", "launch/patient", "offline_access", "online_access");

    private static final Pattern SYNTAX = Pattern.compile("(patient|user|system)/(\\*|[A-Z][A-Za-z]*)\\.([a-z]+|\\*)");
    private static final Pattern IN_ORDER = Pattern.compile("c?r?u?d?s?");
    private static final String ANY = "*";

    public SmartScope {
        permissions = Set.copyOf(permissions);
    }

    /** Whose data is meant. */
    public enum Level {
        PATIENT,
        USER,
        SYSTEM
    }

    /** What may be done, in the order the letters are written. */
    public enum Permission {
        CREATE,
        READ,
        UPDATE,
        DELETE,
        SEARCH
    }

    /** Reads a scope of version 2, or of version 1 with the same meaning; empty when it is neither. */
    public static Optional<SmartScope> parse(String text) {
        var syntax = SYNTAX.matcher(text);
        if (!syntax.matches() || !isType(syntax.group(2))) {
            return Optional.empty();
        }
        return permissions(syntax.group(3))
                .map(permissions -> new SmartScope(
                        Level.valueOf(syntax.group(1).toUpperCase(Locale.ROOT)), syntax.group(2), permissions));
    }

    /** Whether a client registered with some scopes may be given others: each is named or covered. */
    public static boolean allows(Collection<String> registered, Collection<String> requested) {
        return requested.stream()
                .allMatch(scope -> (registered.contains(scope) && isKnown(scope))
                        || parse(scope)
                                .filter(wanted -> isCovered(registered, wanted))
                                .isPresent());
    }

    /** Whether this is a scope the server gives at all. */
    public static boolean isKnown(String scope) {
        return PLAIN.contains(scope) || parse(scope).isPresent();
    }

    /** Rewrites scopes on resources to version 2; the others stay. */
    public static List<String> toVersion2(Collection<String> scopes) {
        return scopes.stream()
                .map(scope -> parse(scope).map(SmartScope::toString).orElse(scope))
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether everything the other allows is allowed by this one. */
    public boolean covers(SmartScope other) {
        return level == other.level
                && (resourceType.equals(ANY) || resourceType.equals(other.resourceType))
                && permissions.containsAll(other.permissions);
    }

    /** The scope as version 2 writes it. */
    @Override
    public String toString() {
        var letters = EnumSet.copyOf(permissions).stream()
                .map(permission -> permission.name().substring(0, 1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        return level.name().toLowerCase(Locale.ROOT) + '/' + resourceType + '.' + letters;
    }

    private static boolean isCovered(Collection<String> registered, SmartScope wanted) {
        return registered.stream()
                .map(SmartScope::parse)
                .flatMap(Optional::stream)
                .anyMatch(has -> has.covers(wanted));
    }

    private static boolean isType(String name) {
        if (name.equals(ANY)) {
            return true;
        }
        try {
            return ResourceType.fromCode(name) != null;
        } catch (FHIRException e) {
            return false;
        }
    }

    private static Optional<Set<Permission>> permissions(String text) {
        return switch (text) {
            case "read" -> Optional.of(EnumSet.of(Permission.READ, Permission.SEARCH));
            case "write" -> Optional.of(EnumSet.of(Permission.CREATE, Permission.UPDATE, Permission.DELETE));
            case ANY -> Optional.of(EnumSet.allOf(Permission.class));
            default -> IN_ORDER.matcher(text).matches() ? Optional.of(letters(text)) : Optional.empty();
        };
    }

    private static Set<Permission> letters(String text) {
        return EnumSet.allOf(Permission.class).stream()
                .filter(permission ->
                        text.indexOf(Character.toLowerCase(permission.name().charAt(0))) >= 0)
                .collect(Collectors.toSet());
    }
}
