package org.rapport.consent.fhir;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the second evaluator looks up. */
final class Tables {

    static final Map<String, Set<String>> PERMIT_REACHES = Map.of(
            "U", Set.of("U"),
            "L", Set.of("U", "L"),
            "M", Set.of("U", "L", "M"),
            "N", Set.of("U", "L", "M", "N"),
            "R", Set.of("U", "L", "M", "N", "R"),
            "V", Set.of("U", "L", "M", "N", "R", "V"));
    static final Map<String, Set<String>> DENY_REACHES = Map.of(
            "U", Set.of("U", "L", "M", "N", "R", "V"),
            "L", Set.of("L", "M", "N", "R", "V"),
            "M", Set.of("M", "N", "R", "V"),
            "N", Set.of("N", "R", "V"),
            "R", Set.of("R", "V"),
            "V", Set.of("V"));
    static final List<String> FROM_THE_TOP = List.of("V", "R", "N", "M", "L", "U");
    static final Map<String, Set<String>> SENSITIVE = Map.of(
            "PSY", Set.of("PSY"),
            "SDV", Set.of("SDV"),
            "HIV", Set.of("HIV"),
            "ETH", Set.of("ETH", "ETHUD", "OPIOIDUD"),
            "ETHUD", Set.of("ETHUD"),
            "OPIOIDUD", Set.of("OPIOIDUD"),
            "MH", Set.of("MH", "PSY", "PSYTHPN"));
    static final Set<String> GLASS = Set.of("BTG", "ETREAT");
    static final Map<String, Set<String>> ACTIONS = Map.of(
            "access", Set.of("access"),
            "use", Set.of("access"),
            "disclose", Set.of("access"),
            "collect", Set.of("collect"),
            "correct", Set.of("correct"));

    /** Who is known to the world of the tests; the vague group is not, as nobody can tell who is in it. */
    static final Set<String> KNOWN_ACTORS = Set.of(
            "Practitioner/dr-a",
            "Practitioner/dr-b",
            "Practitioner/r1",
            "Organization/h1",
            "Organization/h2",
            "Group/g");

    static final Map<String, Set<String>> POINTS_TO = Map.of(
            "Encounter/e1", Set.of("Condition/k1"),
            "CarePlan/plan", Set.of());

    private Tables() {}
}
