package org.rapport.session.spring;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.rapport.access.Scope;
import org.rapport.smart.SmartScope;

/**
 * Something an application may do, in plain words.
 *
 * @param message name of the sentence
 * @param type the resource type in it; empty where it has none
 */
record Allowance(String message, String type) {

    private static final Set<Scope.Permission> READING = Set.of(Scope.Permission.READ, Scope.Permission.SEARCH);

    /** The allowances behind scopes, each once. */
    static List<Allowance> of(Collection<String> scopes) {
        return scopes.stream().sorted().map(Allowance::of).distinct().toList();
    }

    private static Allowance of(String scope) {
        return SmartScope.parse(scope)
                .map(given -> new Allowance(
                        "account.may.%s.%s"
                                .formatted(
                                        given.context().name().toLowerCase(Locale.ROOT),
                                        READING.containsAll(given.permissions()) ? "read" : "write"),
                        given.type()))
                .orElseGet(() -> new Allowance("account.may." + scope.replace('/', '.'), ""));
    }
}
