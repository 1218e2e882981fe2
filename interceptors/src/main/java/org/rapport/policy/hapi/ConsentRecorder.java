package org.rapport.policy.hapi;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.rapport.access.RecordOwners;
import org.rapport.access.hapi.StoredResources;
import org.rapport.audit.Agent;
import org.rapport.audit.AuditTrail;
import org.rapport.audit.hapi.Trails;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.rapport.policy.ConsentWrite;
import org.rapport.policy.PolicyName;
import org.rapport.policy.PolicyTexts;
import org.rapport.policy.SeenPolicy;
import org.rapport.policy.fhir.ConsentProvenance;

/**
 * Stores a Provenance for each version of a Consent, in the transaction that stores the version: both are there, or neither.
 *
 * <p>HAPI may call these hooks again for a retry, in a transaction of its own. An update that changes nothing calls none.
 */
@Interceptor
class ConsentRecorder {

    private static final int MOST_POLICIES = 50;
    private static final int MOST_CHANGES = 1_000;

    private final PolicyTexts texts;
    private final DaoRegistry daos;
    private final RecordOwners owners;
    private final Clock clock;

    ConsentRecorder(PolicyTexts texts, DaoRegistry daos, RecordOwners owners, Clock clock) {
        this.texts = texts;
        this.daos = daos;
        this.owners = owners;
        this.clock = clock;
    }

    /** A new Consent. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
    public void created(IBaseResource resource, @Nullable RequestDetails request) {
        if (resource instanceof Consent consent) {
            record(new ConsentWrite(Optional.empty(), consent, owners.patients(consent)), request);
        }
    }

    /** A Consent with a new version; what it said in the record of somebody else is nothing to compare with. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    public void updated(@Nullable IBaseResource before, IBaseResource after, @Nullable RequestDetails request) {
        if (after instanceof Consent consent) {
            var patients = owners.patients(consent);
            var comparable = Optional.ofNullable(before)
                    .filter(Consent.class::isInstance)
                    .map(Consent.class::cast)
                    .filter(old -> owners.patients(old).equals(patients));
            record(new ConsentWrite(comparable, consent, patients), request);
        }
    }

    private void record(ConsentWrite write, @Nullable RequestDetails request) {
        var now = clock.instant();
        check(write.policies().size() <= MOST_POLICIES, "A Consent names " + MOST_POLICIES + " policies at most");
        check(write.changes().size() <= MOST_CHANGES, MOST_CHANGES + " options of a Consent change at once at most");
        var moment = write.moment(now, ZoneId.systemDefault());
        var seen = write.policies().stream()
                .map(name -> seen(name, moment, write.language()))
                .toList();
        var provenance = new ConsentProvenance(write, seen, writer(Trails.agent(request)), now).provenance();
        var trail = Trails.of(request).request();
        daos.getResourceDao(Provenance.class).create(provenance, Trails.inside(AuditTrail.ofServer(trail)));
    }

    private static void check(boolean kept, String rule) {
        if (!kept) {
            throw new FailureException(Failure.of(422, "business-rule", rule));
        }
    }

    private SeenPolicy seen(PolicyName name, Instant moment, Optional<String> language) {
        var seen = SeenPolicy.of(name, texts.history(name.uri()), moment, language);
        if (seen instanceof SeenPolicy.UnknownVersion unknown) {
            throw new FailureException(Failure.of(
                    422,
                    "business-rule",
                    "A policy of the Consent was never published in the version that it names. Name one of these, or none for the"
                            + " one in force: " + String.join(", ", unknown.published())));
        }
        return seen;
    }

    /** A user by their own resource where it is stored, everybody else by name. */
    private Reference writer(Agent agent) {
        return agent.fhirUser()
                .map(IdType::new)
                .flatMap(id -> StoredResources.within(daos).current(id.getResourceType(), id.getIdPart()))
                .map(user -> new Reference(
                        user.getIdElement().toUnqualifiedVersionless().getValue()))
                .orElseGet(() -> new Reference().setIdentifier(new Identifier().setValue(agent.name())));
    }
}
