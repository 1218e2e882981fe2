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
     * @param caller somebody; a system that acts alone only where it takes data away in bulk
     * @param relations what ties the caller to patients, looked up once for the request
     * @param stage tells how new what is known of them must be
     */
    Asked by(Caller caller, Relations relations, Stage stage);

    /** Where a request stands. */
    enum Stage {
        /** It changes nothing, so what it sees may be kept for others. */
        READING,
        /** It is going to change something. */
        WRITING,
        /** It changes something in a transaction, and goes by what is committed by now. */
        STORING
    }

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

            @Override
            public Set<String> permitting(Action action, Target.Resource target) {
                return Set.of();
            }
        };

        /** Reads in one go what is needed to decide about resources of these patients. */
        void prepare(Set<String> patients);

        /** Whether the consents leave it permitted. */
        AccessDecision decide(Action action, Target.Resource target);

        /**
         * The rules of consents that permit it.
         *
         * @return each by its place, such as {@code Consent/1/_history/2 provision.provision[0]}; none when it is denied, and
         *     when it is permitted because no consent speaks of it
         */
        Set<String> permitting(Action action, Target.Resource target);
    }
}
