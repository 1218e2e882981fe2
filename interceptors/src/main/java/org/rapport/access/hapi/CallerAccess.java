package org.rapport.access.hapi;

import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.storage.TransactionDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.AccessDecision;
import org.rapport.access.AccessRules;
import org.rapport.access.Action;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Caller;
import org.rapport.access.ConsentProvenanceRule;
import org.rapport.access.Consents;
import org.rapport.access.Consents.Stage;
import org.rapport.access.ConstraintMatcher;
import org.rapport.access.Masks;
import org.rapport.access.Reach;
import org.rapport.access.RecordOwners;
import org.rapport.access.Relations;
import org.rapport.access.Target;
import org.rapport.document.hapi.StoredDocuments;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;

/** What one request's caller may do. Relations are looked up at most once for a request, so that it is judged as one. */
public final class CallerAccess {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

    private final Caller caller;
    private final AccessRules rules;
    private final RecordOwners owners;
    private final Consents.Asked consents;
    private final Optional<String> requestId;
    private final IndirectAccess indirect;
    private final ConsentProvenanceRule provenances;
    private final Map<Action, Reach> reaches = new ConcurrentHashMap<>();

    private CallerAccess(
            Caller caller, AccessRules rules, Source source, Consents.Asked consents, Optional<String> requestId) {
        this.caller = caller;
        this.rules = rules;
        this.owners = source.owners();
        this.consents = consents;
        this.requestId = requestId;
        this.indirect = new IndirectAccess(this, source);
        this.provenances = source.provenances();
    }

    /**
     * Finds the caller of a request.
     *
     * @param relations what ties people to patients
     * @param owners whose record a resource belongs to
     * @param constraints what limited scopes open
     * @param consents what patients take away
     * @param documents what opens a file to who may see that
     * @param provenances what hides with a Consent
     */
    public record Source(
            Relations relations,
            RecordOwners owners,
            ConstraintMatcher constraints,
            Consents consents,
            StoredDocuments documents,
            ConsentProvenanceRule provenances) {

        /**
         * The access of a request that came from outside.
         *
         * @return empty for the server's own background work
         * @throws FailureException when a request from outside has no caller
         */
        public Optional<CallerAccess> of(RequestDetails request) {
            if (!(request instanceof ServletRequestDetails details) || details.getServletRequest() == null) {
                return Optional.empty();
            }
            return Optional.of((CallerAccess)
                    details.getUserData().computeIfAbsent(CallerAccess.class.getName(), key -> open(details)));
        }

        /**
         * The access of a request that writes in a transaction: by what is committed by now, since a right may have been
         * taken away after the request began. Empty for the server's own background work.
         */
        public Optional<CallerAccess> of(RequestDetails request, TransactionDetails transaction) {
            return of(request)
                    .map(access -> access.caller().actsAlone()
                            ? access
                            : transaction.getOrCreateUserData(
                                    CallerAccess.class.getName(), () -> openFor(transaction, access)));
        }

        /** The access of a request that is writing in a transaction of its own, by what is committed by now. */
        public Optional<CallerAccess> byNow(RequestDetails request) {
            return of(request)
                    .map(access -> access.caller().actsAlone()
                            ? access
                            : open(access.caller(), Stage.STORING, access.requestId));
        }

        /** A transaction that is rolled back may be tried again, and then goes by what is committed by then. */
        private CallerAccess openFor(TransactionDetails transaction, CallerAccess access) {
            transaction.addRollbackUndoAction(() -> transaction.clearUserData(CallerAccess.class.getName()));
            return open(access.caller(), Stage.STORING, access.requestId);
        }

        /** What somebody could do who is not the caller of the request. */
        public CallerAccess of(Caller other) {
            return open(other, Stage.READING, Optional.empty());
        }

        /** The same by what is committed by now; what it reads in a transaction is not kept for others. */
        CallerAccess byNow(Caller other) {
            return open(other, Stage.STORING, Optional.empty());
        }

        /** What a system may take away in bulk: for that, unlike for its requests, the consents are asked. */
        CallerAccess exporting(Caller system) {
            var once = relations.once();
            return of(system, once, consents.by(system, once, Stage.READING), Optional.empty());
        }

        private CallerAccess open(ServletRequestDetails request) {
            if (!(request.getServletRequest().getAttribute(Caller.class.getName()) instanceof Caller caller)) {
                throw new FailureException(Failure.NOT_AUTHENTICATED);
            }
            boolean reading = request.getRequestType() == RequestTypeEnum.GET
                    || RequestActions.of(request).interaction() == Interaction.SEARCH;
            return open(caller, reading ? Stage.READING : Stage.WRITING, Optional.ofNullable(request.getRequestId()));
        }

        private CallerAccess open(Caller caller, Stage stage, Optional<String> requestId) {
            var once = (stage == Stage.STORING ? relations.byNow() : relations).once();
            return of(caller, once, asked(caller, once, stage), requestId);
        }

        private CallerAccess of(Caller caller, Relations once, Consents.Asked asked, Optional<String> requestId) {
            return new CallerAccess(caller, new AccessRules(once, constraints), this, asked, requestId);
        }

        /** A system that acts alone works for the organization, not for a user: of it consents would be asked here. */
        private Consents.Asked asked(Caller caller, Relations once, Stage stage) {
            return caller.actsAlone() ? Consents.Asked.NEVER : consents.by(caller, once, stage);
        }
    }

    /** Who asks. */
    public Caller caller() {
        return caller;
    }

    /** How far an action of the caller reaches; worked out once a request. */
    public Reach reach(Action action) {
        return reaches.computeIfAbsent(action, asked -> rules.reach(caller, asked));
    }

    /** Whether there may be resources of a type that the caller may do something to. */
    public boolean reaches(Interaction interaction, String type) {
        return !(reach(Action.on(interaction, type)) instanceof Reach.Nothing);
    }

    /** Whether the caller stays within records, and is refused one out of reach whether it is there or not. */
    public boolean staysInRecords(Action action) {
        return reach(action)
                .each()
                .map(part -> part instanceof Reach.Matching matching ? matching.whole() : part)
                .allMatch(Reach.Records.class::isInstance);
    }

    /** Whether the caller may do this to a resource, wholly or in part. */
    public boolean may(Interaction interaction, Resource resource) {
        return !decide(interaction, resource).denied();
    }

    /** Whether something of some type may be masked from the caller. */
    public boolean hasMasks() {
        return Masks.concern(caller.roles());
    }

    /** The elements of a type that the caller must ask nothing about; none for most types and callers. */
    public Set<String> masked(String type) {
        return hasMasks() ? rules.masked(caller, type) : Set.of();
    }

    /** The elements that are kept back of a resource which is shown to the caller for whatever reason. */
    public Set<String> masked(Resource resource) {
        var action = Action.on(Interaction.READ, resource.fhirType());
        return rules.decide(reach(action), caller, action, owners.target(resource))
                .fold(Set::of, AccessDecision.PermitPartially::masked, deny -> masked(resource.fhirType()));
    }

    /** What the caller may do to a resource: all of it, part of it or nothing, with the reason. */
    public AccessDecision decide(Interaction interaction, Resource resource) {
        return decide(Action.on(interaction, resource.fhirType()), resource);
    }

    private AccessDecision decide(Action action, Resource resource) {
        var decision = decide(action, owners.target(resource));
        return decision.permitted() || caller.actsAlone() || reach(action) instanceof Reach.Nothing
                ? decision
                : indirect.decide(action, resource).orElse(decision);
    }

    /** The rules of consents that let the caller read a resource. */
    Set<String> permitting(Resource resource) {
        return indirect.targets(resource)
                .flatMap(target -> consents.permitting(Action.on(Interaction.READ, target.type()), target).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What scope, role and relation permit, as far as the consents leave it. Who watches over access sees no record. */
    public AccessDecision decide(Action action, Target.Resource target) {
        if (action.looks() && target.content().filter(this::tellsOfTheHidden).isPresent()) {
            return new AccessDecision.Deny("tells of a Consent that is hidden");
        }
        var decision = rules.decide(reach(action), caller, action, target);
        if (decision instanceof AccessDecision.Deny || AccessRules.isWatching(caller, action)) {
            return decision;
        }
        var left = consented(action, target);
        return left.permitted() ? decision : left;
    }

    private boolean tellsOfTheHidden(Resource resource) {
        return !provenances.isOpen(resource, told -> may(Interaction.READ, told));
    }

    /** What the consents leave of it. */
    AccessDecision consented(Action action, Target.Resource target) {
        return consents.decide(action, target);
    }

    /** Lets the consents about these resources be read in one go, before each of them is asked about. */
    public void prepare(Stream<Resource> resources) {
        consents.prepare(resources
                .flatMap(resource -> owners.patients(resource).stream())
                .filter(id -> ID.matcher(id).matches())
                .collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * Stops a request whose kind is not for this caller, before anything of the type is read.
     *
     * @throws FailureException 404 for an operation that is switched off, 403 for the rest
     */
    public void require(Action action) {
        if (AccessRules.isOff(action)) {
            throw new FailureException(Failure.NOT_FOUND);
        }
        refuse(rules.decide(reach(action), caller, action, new Target.AnyOf(action.type())));
    }

    /**
     * Stops an action on a resource: as if it were not there when a person may not read it, openly otherwise. To a
     * system without limited scopes nothing of a type is hidden, only closed.
     */
    public void require(Action action, Resource resource) {
        if (!caller.seesWholeTypes() && !AccessRules.isWatching(caller, action) && !may(Interaction.READ, resource)) {
            throw hidden(action);
        }
        refuse(decide(action, resource));
    }

    /** Stops the storing of a resource. */
    public void requireContent(Interaction interaction, Resource resource) {
        refuse(decide(interaction, resource));
    }

    /** Stops an operation that would make or tell of such a resource. */
    public void requireContent(Action action, Resource resource) {
        refuse(decide(action, resource));
    }

    /** What a resource answers that the caller may not know of: there is none. An export has one answer for both. */
    public FailureException hidden(Action action) {
        return action.operation().equals("$export") ? denied() : new FailureException(Failure.NOT_FOUND);
    }

    /** What a request answers that is not for this caller: F403. */
    public FailureException denied() {
        return new FailureException(Failure.DENIED, requestId);
    }

    /** What may be seen in part may be asked for: the answer is masked. */
    private void refuse(AccessDecision decision) {
        decision.fold(() -> decision, partially -> decision, deny -> {
            throw deny.scopeMissing() ? new FailureException(Failure.SCOPE_MISSING, requestId) : denied();
        });
    }
}
