package org.rapport.gate.hapi;

import java.util.Set;
import org.rapport.access.AccessDecision;
import org.rapport.access.Action;
import org.rapport.access.Consents;
import org.rapport.access.Target;

/** The consents when one patient denies everything and all others allow it. */
public record DeniedBy(String patient) implements Consents.Asked {

    @Override
    public void prepare(Set<String> patients) {
        // it is known
    }

    @Override
    public AccessDecision decide(Action action, Target.Resource target) {
        return target.patients().contains(patient) ? new AccessDecision.Deny("consent") : new AccessDecision.Permit();
    }

    @Override
    public Set<String> permitting(Action action, Target.Resource target) {
        return Set.of();
    }
}
