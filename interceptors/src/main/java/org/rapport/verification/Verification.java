package org.rapport.verification;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a verification has found.
 *
 * @param checked how many rows of the chain were checked
 * @param checkpoints how many checkpoints were compared
 * @param next where to go on; empty when everything that was asked for has been checked
 * @param findings what is wrong
 * @param seams where the chain goes on after a restore
 */
public record Verification(
        long checked, long checkpoints, Optional<Long> next, List<Finding> findings, List<Seam> seams) {

    /** Keeps its own copies. */
    public Verification {
        findings = List.copyOf(findings);
        seams = List.copyOf(seams);
    }

    /** Whether nothing is wrong. */
    public boolean valid() {
        return findings.isEmpty();
    }

    /** The first thing that is wrong; rows that are not in the chain have no place in it and come last. */
    public Optional<Finding> firstBroken() {
        return findings.stream()
                .min(Comparator.comparing((Finding finding) -> finding.kind() == Finding.Kind.UNCHAINED)
                        .thenComparing(Finding::from));
    }
}
