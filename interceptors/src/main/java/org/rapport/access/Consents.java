package org.rapport.access;

import java.util.Set;

/**
 * Says what the patients' consents take away of what everything else permits; a consent never adds a right.
 *
 * @see AccessRules
 */
@FunctionalInterface
public interface Consents {

    /**
     * The consents as they are now; the whole request is judged by them.
     *
     * @param caller somebody, not a system that acts alone
     * @param relations what ties the caller to patients, looked up once for the request
     * @param reading whether the request changes nothing, so that what it sees may be kept for others
     */
    Asked by(Caller caller, Relations relations, boolean reading);

    /** The consents, asked by one caller in one request. */
    interface Asked {

        /** Nobody's consent is asked. */
        Asked NEVER = new Asked() {
            @Override
            public void prepare(Set<String> patients) {
                // there is nothing to read
            }

            @Override
            public AccessDecision decide(Action action, Target.Resource target) {
                return new AccessDecision.Permit();
            }
        };

        /** Reads in one go what is needed to decide about resources of these patients. */
        void prepare(Set<String> patients);

        /** Whether the consents leave it permitted. */
        AccessDecision decide(Action action, Target.Resource target);
    }
}
