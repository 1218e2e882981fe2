package org.rapport.smart;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.model.ResourceType;
import org.rapport.access.Scope;

/**
 * Decides which scopes a client may be given.
 *
 * @see <a href="https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html">SMART scopes</a>
 */
public final class SmartScope {

    /** Scopes without a resource that a client may have. */
    private static final Set<String> PLAIN =
            Set.of("openid", "fhirUser", "profile", "launch", "launch/patient", "offline_access", "online_access");

    private static final String ANY = "*";

    private SmartScope() {}

    /** Reads a scope on an R4 resource type or on all; empty when it is something else or nothing. */
    public static Optional<Scope> parse(String text) {
        return Scope.parse(text).filter(scope -> isType(scope.type()));
    }

    /** Whether a client registered with some scopes may be given others: each is named or covered. */
    public static boolean allows(Collection<String> registered, Collection<String> requested) {
        return requested.stream().allMatch(scope -> allows(registered, scope));
    }

    /** Whether this is a scope the server gives at all. */
    public static boolean isKnown(String scope) {
        return PLAIN.contains(scope) || parse(scope).isPresent();
    }

    /** Rewrites scopes on resources to version 2; the others stay. */
    public static List<String> toVersion2(Collection<String> scopes) {
        return scopes.stream()
                .map(scope -> parse(scope).map(Scope::text).orElse(scope))
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean allows(Collection<String> registered, String scope) {
        boolean named = registered.contains(scope) && isKnown(scope);
        return named
                || parse(scope).filter(wanted -> isCovered(registered, wanted)).isPresent();
    }

    private static boolean isCovered(Collection<String> registered, Scope wanted) {
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
}
