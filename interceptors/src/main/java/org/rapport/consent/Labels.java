package org.rapport.consent;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a resource is labelled.
 *
 * @param codes codes of v3-Confidentiality and v3-ActCode from {@code meta.security}
 * @param seen whether the labelling has looked at this version
 * @see <a href="https://hl7.org/fhir/R4/security-labels.html">FHIR R4 security labels</a>
 */
public record Labels(Set<String> codes, boolean seen) {

    /** What each sensitivity covers, besides itself. */
    private static final Map<String, Set<String>> COVERED = Map.of(
            "ETH", Set.of("ETHUD", "OPIOIDUD"),
            "SUD", Set.of("ETHUD", "OPIOIDUD"),
            "MH", Set.of("PSY", "PSYTHPN"),
            "BH", Set.of("MH", "PSY", "PSYTHPN", "SUD", "ETHUD", "OPIOIDUD"));

    /** Keeps its own copy. */
    public Labels {
        codes = Set.copyOf(codes);
    }

    /** How confidential something is, from the least on. */
    public enum Confidentiality {
        /** Unrestricted. */
        U,
        /** Low. */
        L,
        /** Moderate. */
        M,
        /** Normal. */
        N,
        /** Restricted. */
        R,
        /** Very restricted. */
        V;

        /** The level with that code. */
        public static Optional<Confidentiality> of(String code) {
            return Arrays.stream(values())
                    .filter(level -> level.name().equals(code))
                    .findFirst();
        }
    }

    /** The highest level stated; without any, what is sensitive or was never looked at counts as restricted. */
    public Confidentiality confidentiality() {
        return levels(codes)
                .max(Comparator.naturalOrder())
                .orElse(seen && sensitivities().isEmpty() ? Confidentiality.N : Confidentiality.R);
    }

    /** The sensitivities stated. */
    public Set<String> sensitivities() {
        return sensitivities(codes);
    }

    /** Whether these labels, if there are any, let out more than others did. */
    public boolean lowers(Labels before) {
        return !codes.isEmpty()
                && (stated().compareTo(before.stated()) < 0 || !sensitivities().containsAll(before.sensitivities()));
    }

    private Confidentiality stated() {
        return levels(codes).max(Comparator.naturalOrder()).orElse(Confidentiality.U);
    }

    /** Whether a permit for these labels covers all of the resource. */
    Truth permittedBy(Choice<String> named) {
        var sensitive = sensitivities();
        boolean byLevel = levels(named.known()).anyMatch(level -> level.compareTo(confidentiality()) >= 0);
        boolean bySensitivity = seen
                && !sensitive.isEmpty()
                && confidentiality() != Confidentiality.V
                && sensitive.stream().allMatch(code -> coveredByAny(sensitivities(named.known()), code));
        return Truth.of(byLevel || bySensitivity).or(named.unknown() ? Truth.UNKNOWN : Truth.NO);
    }

    /** Whether a denial of these labels covers any of the resource; what was never looked at may be sensitive. */
    Truth deniedBy(Choice<String> named) {
        var sensitive = sensitivities(named.known());
        boolean byLevel = levels(named.known()).anyMatch(level -> level.compareTo(confidentiality()) <= 0);
        boolean bySensitivity = sensitivities().stream().anyMatch(code -> coveredByAny(sensitive, code));
        boolean unknown = named.unknown() || (!seen && !sensitive.isEmpty());
        return Truth.of(byLevel || bySensitivity).or(unknown ? Truth.UNKNOWN : Truth.NO);
    }

    private static boolean coveredByAny(Set<String> named, String code) {
        return named.stream()
                .anyMatch(name -> name.equals(code)
                        || COVERED.getOrDefault(name, Set.of()).contains(code));
    }

    private static Stream<Confidentiality> levels(Set<String> codes) {
        return codes.stream().map(Confidentiality::of).flatMap(Optional::stream);
    }

    private static Set<String> sensitivities(Set<String> codes) {
        return codes.stream()
                .filter(code -> Confidentiality.of(code).isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
