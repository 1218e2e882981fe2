package org.rapport.audit;

import java.util.Arrays;
import java.util.stream.Stream;

/** What a row of the audit log tells of: a FHIR request, a disclosure, what authorized it or an act on identities. */
public sealed interface Deed permits Interaction, Disclosure, Authorization, SecurityEvent.Kind {

    /** Its name in the log. */
    String code();

    /** The letter of AuditEvent.action. */
    String action();

    /** The codes of the deeds with that action; the letter itself, which is no code, when there is none. */
    static Stream<String> withAction(String action) {
        var codes = all().filter(deed -> deed.action().equals(action))
                .map(Deed::code)
                .toList();
        return codes.isEmpty() ? Stream.of(action) : codes.stream();
    }

    /** The deed with that code. */
    static Deed of(String code) {
        return all().filter(deed -> deed.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The audit log knows no deed " + code + "."));
    }

    private static Stream<Deed> all() {
        return Stream.<Deed[]>of(
                        Interaction.values(), Disclosure.values(), Authorization.values(), SecurityEvent.Kind.values())
                .flatMap(Arrays::stream);
    }
}
