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
    private static final Set<String> PLAIN = Set.of(
            "openid",
            "fhirUser",
            "profile",
            "launch",
            "launch/patient",
            "offline_access",
            "online_access",
            "rapport/admin");

    private static final String ANY = "*";

    private SmartScope() {}

    /**
     * Reads a scope on an R4 resource type or on all; empty when it is something else or nothing. A comma is nothing:
     * grants are stored as lists with commas, and what a constraint says with one, two scopes say as well.
     */
    public static Optional<Scope> parse(String text) {
        return text.contains(",") ? Optional.empty() : Scope.parse(text).filter(scope -> isTypeOrAny(scope.type()));
    }

    /** Whether a client registered with some scopes may be given others: each is named or covered. */
    public static boolean allows(Collection<String> registered, Collection<String> requested) {
        return requested.stream().allMatch(scope -> allows(registered, scope));
    }

    /** Whether this is a scope the server gives at all. */
    public static boolean isKnown(String scope) {
        return PLAIN.contains(scope) || parse(scope).isPresent();
    }

    /** Whether a scope is about one patient's data, so that nothing can be granted before the patient is known. */
    public static boolean needsPatient(String scope) {
        return scope.startsWith("patient/") || scope.equals("launch/patient");
    }

    /** Whether a person may take this scope away from what an application asks for. */
    public static boolean isOptional(String scope) {
        return parse(scope).isPresent() || scope.equals("offline_access") || scope.equals("online_access");
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

    private static boolean isTypeOrAny(String name) {
        return name.equals(ANY) || isResourceType(name);
    }

    /** Whether R4 has a resource type of this name. */
    public static boolean isResourceType(String name) {
        try {
            return ResourceType.fromCode(name) != null;
        } catch (FHIRException e) {
            return false;
        }
    }
}
