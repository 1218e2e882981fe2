package org.rapport.audit;

import java.util.Arrays;
import java.util.stream.Stream;

/** What a row of the audit log tells of: a FHIR request, a disclosure, what authorized it or an act on identities. */
public sealed interface Deed permits Interaction, Disclosure, Authorization, SecurityEvent.Kind, Deed.Newer {

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
        return all().filter(deed -> deed.code().equals(code)).findFirst().orElseGet(() -> new Newer(code));
    }

    /**
     * A deed that only a newer release knows, which writes into the same log while instances are replaced one by one.
     *
     * @param code its name in the log
     */
    record Newer(String code) implements Deed {

        @Override
        public String action() {
            return "E";
        }
    }

    private static Stream<Deed> all() {
        return Stream.<Deed[]>of(
                        Interaction.values(), Disclosure.values(), Authorization.values(), SecurityEvent.Kind.values())
                .flatMap(Arrays::stream);
    }
}
