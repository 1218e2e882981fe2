package org.rapport.authorize.spring;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.rapport.access.Scope.Permission;
import org.rapport.smart.SmartScope;

/**
 * One line of the authorization page.
 *
 * @param message name of the sentence
 * @param type the resource type in it; empty where it has none
 * @param verbs names of what may be done with the type
 * @param conditions what narrows it
 */
record Wish(String scope, String message, String type, List<String> verbs, List<Condition> conditions) {

    /** A search parameter and the code it must have. */
    record Condition(String parameter, String code) {}

    static Wish of(String scope) {
        return SmartScope.parse(scope)
                .map(wanted -> new Wish(
                        scope,
                        "scope." + wanted.context().name().toLowerCase(Locale.ROOT),
                        wanted.type(),
                        verbs(wanted.permissions()),
                        conditions(scope)))
                .orElseGet(() -> new Wish(scope, "scope." + scope.replace('/', '.'), "", List.of(), List.of()));
    }

    private static List<String> verbs(Set<Permission> permissions) {
        List<String> verbs = new ArrayList<>();
        if (permissions.contains(Permission.READ) || permissions.contains(Permission.SEARCH)) {
            verbs.add("verb.read");
        }
        List.of(Permission.CREATE, Permission.UPDATE, Permission.DELETE).stream()
                .filter(permissions::contains)
                .map(permission -> "verb." + permission.name().toLowerCase(Locale.ROOT))
                .forEach(verbs::add);
        return List.copyOf(verbs);
    }

    private static List<Condition> conditions(String scope) {
        return Pattern.compile("&")
                .splitAsStream(scope.substring(scope.indexOf('?') + 1))
                .map(part -> part.split("=", 2))
                .filter(part -> part.length == 2)
                .map(part -> new Condition(part[0], code(part[1])))
                .toList();
    }

    /** The code without the system it is from. */
    private static String code(String token) {
        var plain = URLDecoder.decode(token, StandardCharsets.UTF_8);
        return plain.substring(plain.lastIndexOf('|') + 1);
    }
}
