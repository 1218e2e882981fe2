package org.rapport.delivery.hapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.access.AccessDecision;
import org.rapport.access.Action;
import org.rapport.access.Caller;
import org.rapport.access.Caller.Role;
import org.rapport.access.ConsentProvenanceRule;
import org.rapport.access.Consents;
import org.rapport.access.ConstraintMatcher;
import org.rapport.access.ProxyRelations;
import org.rapport.access.PublicOrigin;
import org.rapport.access.RecordOwners;
import org.rapport.access.Relations;
import org.rapport.access.Scope;
import org.rapport.access.Target;

class DecidedRightsTest {

    private final DecidedRights rights = rights(Consents.Asked.NEVER);

    private static DecidedRights rights(Consents.Asked consents) {
        var origin = new PublicOrigin("https://fhir.example.org");
        return new DecidedRights(
                new Relations(practitioner -> Set.of("alice"), ProxyRelations.NONE),
                ConstraintMatcher.NONE,
                new RecordOwners(origin, (type, id) -> Optional.empty()),
                (caller, relations, stage) -> consents,
                new ConsentProvenanceRule(origin, id -> Optional.of(consentOf("alice"))));
    }

    @ParameterizedTest(name = "{0} {1}: watches Observations {2}, reads those of alice {3}, of bob {4}")
    @CsvSource({
        "SYSTEM,    system/*.rs,             true,  true,  true",
        "SYSTEM,    system/Observation.rs,   true,  true,  true",
        "SYSTEM,    system/Observation.r,    false, true,  true",
        "SYSTEM,    system/Patient.rs,       false, false, false",
        "SYSTEM,    user/*.rs,               false, false, false",
        "CLINICIAN, user/Observation.rs,     true,  true,  false",
        "CLERK,     user/Observation.rs,     false, false, false",
    })
    void areThoseOfTheAuthorNow(String role, String scope, boolean watches, boolean readsAlice, boolean readsBob) {
        var author = new Caller(
                "a",
                "a",
                Set.of(Role.valueOf(role)),
                Scope.parseAll(scope),
                Optional.of("Practitioner/a"),
                Optional.empty());

        assertThat(rights.mayWatch(author, "Observation")).isEqualTo(watches);
        assertThat(rights.mayRead(author, of("alice"))).isEqualTo(readsAlice);
        assertThat(rights.mayRead(author, of("bob"))).isEqualTo(readsBob);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"system/*.rs, true", "system/Provenance.rs, false"})
    void hideWhatTellsOfAHiddenConsent(String scope, boolean reads) {
        var author =
                new Caller("a", "a", Set.of(Role.SYSTEM), Scope.parseAll(scope), Optional.empty(), Optional.empty());
        var provenance = new Provenance().addTarget(new Reference("Consent/c/_history/1"));
        assertThat(rights.mayRead(author, provenance)).isEqualTo(reads);
    }

    /** SU-005. */
    @Test
    void areLessWhereAPatientDenies() {
        var backend = new Caller(
                "a", "a", Set.of(Role.SYSTEM), Scope.parseAll("system/*.rs"), Optional.empty(), Optional.empty());
        var asked = rights(new AliceDenies());
        assertThat(asked.mayRead(backend, of("alice"))).isFalse();
        assertThat(asked.mayRead(backend, of("bob"))).isTrue();
    }

    private record AliceDenies() implements Consents.Asked {

        @Override
        public void prepare(Set<String> patients) {
            // it is known
        }

        @Override
        public AccessDecision decide(Action action, Target.Resource target) {
            return target.patients().contains("alice")
                    ? new AccessDecision.Deny("consent")
                    : new AccessDecision.Permit();
        }

        @Override
        public Set<String> permitting(Action action, Target.Resource target) {
            return Set.of();
        }
    }

    private static Resource consentOf(String patient) {
        return new Consent().setPatient(new Reference("Patient/" + patient));
    }

    private static Observation of(String patient) {
        return new Observation().setSubject(new Reference("Patient/" + patient));
    }
}
