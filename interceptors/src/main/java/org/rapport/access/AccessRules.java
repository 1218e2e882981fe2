package org.rapport.access;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Caller.Role;
import org.rapport.access.Reach.Everything;
import org.rapport.access.Reach.Matching;
import org.rapport.access.Reach.Nothing;
import org.rapport.access.Scope.Context;
import org.rapport.access.Scope.Permission;
import org.rapport.ig.Guide;

/**
 * Decides whether a caller may do something: the only place that answers it.
 *
 * <p>Systems go by scope, patients stay in their own record, proxies in the one of the patient they act for, clinicians and
 * care managers with the patients they treat; the front desk sees every patient and nothing clinical, administrators and
 * integrators no patient, those who watch over access the audit record alone. A clinician who breaks the glass reads one
 * patient's record and does nothing else. Whoever and whatever is not named is refused.
 * {@link TypeRule} and {@link OperationRule} hold the tables.
 */
public final class AccessRules {

    private static final Set<Role> BUNDLERS = EnumSet.of(
            Role.SYSTEM,
            Role.PATIENT,
            Role.PROXY,
            Role.CLINICIAN,
            Role.CARE_MANAGER,
            Role.CLERK,
            Role.ADMIN,
            Role.INTEGRATOR);
    /** The system of the identifiers of what the rules over the audit log find. */
    public static final String FINDINGS = Guide.CANONICAL + "/NamingSystem/anomaly";

    private static final Set<Role> WATCHING = EnumSet.of(Role.PRIVACY_OFFICER, Role.AUDITOR);
    private static final Set<Interaction> IN_AN_EMERGENCY = EnumSet.of(
            Interaction.READ,
            Interaction.VREAD,
            Interaction.HISTORY_INSTANCE,
            Interaction.SEARCH,
            Interaction.OPERATION_INSTANCE);
    private static final Set<Interaction> SYSTEMS_ONLY =
            EnumSet.of(Interaction.HISTORY_TYPE, Interaction.CREATE_WITH_ID);

    private final Relations relations;
    private final ConstraintMatcher constraints;
    private final ReachMeasure measure;
    private final MaskRules masks;

    /** Rules that ask whom a user is, acts for and treats, and what a limited scope opens. */
    public AccessRules(Relations relations, ConstraintMatcher constraints) {
        this.relations = relations;
        this.constraints = constraints;
        this.measure = new ReachMeasure(constraints);
        this.masks = new MaskRules(measure, this::reach);
    }

    /** Whether a caller may do something to a target. */
    public AccessDecision decide(Caller caller, Action action, Target target) {
        return decide(reach(caller, action), caller, action, target);
    }

    /** The same for who knows how far the action of the caller goes. */
    public AccessDecision decide(Reach reach, Caller caller, Action action, Target target) {
        if (reach instanceof Nothing nothing) {
            return nothing.denial();
        }
        if (!(target instanceof Target.Resource resource)) {
            return new AccessDecision.Permit();
        }
        var decision = measure.of(resource, reach);
        return decision.permitted() && action.looks() ? masks.shown(caller, action, resource) : decision;
    }

    /** The elements of a type that a caller must ask nothing about. */
    public Set<String> masked(Caller caller, String type) {
        return masks.of(caller, type);
    }

    /** How far an action of a caller goes. */
    public Reach reach(Caller caller, Action action) {
        return caller.breaksGlass() ? emergency(caller, action) : usual(caller, action);
    }

    /** Breaking the glass stands in for the treating relation to one patient, to look at the record. */
    private Reach emergency(Caller caller, Action action) {
        var needed = needed(action, Role.CLINICIAN);
        boolean looks = IN_AN_EMERGENCY.contains(action.interaction())
                && Set.of("", "$everything").contains(action.operation());
        return looks && caller.is(Role.CLINICIAN) && needed.isPresent() && isOpen(action, Role.CLINICIAN, needed.get())
                ? careFor(
                        caller,
                        action.type(),
                        needed.get(),
                        practitioner -> caller.patient().stream().collect(toUnmodifiableSet()))
                : nothing("in an emergency a clinician reads one record");
    }

    private Reach usual(Caller caller, Action action) {
        return switch (action.interaction()) {
            case CAPABILITIES -> new Everything();
            case BUNDLE ->
                caller.roles().stream().anyMatch(BUNDLERS::contains)
                        ? new Everything()
                        : nothing("no role that may send bundles");
            case PAGE -> caller.seesWholeTypes() ? new Everything() : nothing("a page link is not bound to its caller");
            case HISTORY_SYSTEM, OTHER -> nothing(action.interaction() + " is closed");
            default ->
                Arrays.stream(Role.values())
                        .filter(caller::is)
                        .map(role -> reach(caller, action, role))
                        .reduce(Reach::or)
                        .orElseGet(() -> nothing("no role with rights here"));
        };
    }

    private Reach reach(Caller caller, Action action, Role role) {
        return Masks.of(role, action.type()).isEmpty()
                ? unmasked(caller, action, role)
                : MaskRules.without(
                        unmasked(caller, action, role),
                        part -> part instanceof Matching matching
                                && constraints.asksAbout(
                                        action.type(), matching.constraint(), Masks.of(role, action.type())));
    }

    private Reach unmasked(Caller caller, Action action, Role role) {
        if (role != Role.SYSTEM && SYSTEMS_ONLY.contains(action.interaction())) {
            return nothing(action.interaction() + " is for systems only");
        }
        if (role != Role.SYSTEM
                && action.interaction() == Interaction.HISTORY_INSTANCE
                && TypeRule.of(action.type()).toldByOthers()) {
            return nothing("the versions of what others tell the record of are read one by one");
        }
        var needed = needed(action, role);
        if (needed.isEmpty() || !isOpen(action, role, needed.get())) {
            return nothing(closed(action, role));
        }
        if (OperationRule.isForEveryApp(action)) {
            return new Everything();
        }
        return switch (role) {
            case SYSTEM -> whole(action, opened(caller, Context.SYSTEM, action.type(), needed.get()));
            case PATIENT -> launchedRecord(caller, action.type(), needed.get(), this::isOwn);
            case PROXY -> proxied(caller, action, needed.get());
            case CLINICIAN, CARE_MANAGER -> careFor(caller, action.type(), needed.get(), relations::treatedBy);
            case CLERK, ADMIN, INTEGRATOR -> opened(caller, Context.USER, action.type(), needed.get());
            case PRIVACY_OFFICER, AUDITOR ->
                WatchedReach.of(action, opened(caller, Context.USER, action.type(), needed.get()));
            case DEVICE -> nothing("devices speak to the broker alone");
        };
    }

    private static String closed(Action action, Role role) {
        return action.operation().isEmpty()
                ? "type rule: " + role.claim() + " has no right to " + action.interaction() + " of " + action.type()
                : "operation rule: " + role.claim() + " has no right to " + action.operation() + " of " + action.type();
    }

    /** The history of a type counts all of it. */
    private static Reach whole(Action action, Reach reach) {
        boolean limited = !(reach instanceof Everything) && !(reach instanceof Nothing);
        return limited && action.interaction() == Interaction.HISTORY_TYPE
                ? nothing("the history of a type cannot be limited")
                : reach;
    }

    private static Optional<Permission> needed(Action action, Role role) {
        return action.operation().isEmpty()
                ? action.interaction().permission()
                : OperationRule.permission(action, role);
    }

    /** What an operation tells those who watch of a record is not the record, which stays closed to them. */
    private static boolean isOpen(Action action, Role role, Permission needed) {
        return OperationRule.isAboutNobody(action)
                || (WATCHING.contains(role) && !action.operation().isEmpty())
                || TypeRule.of(action.type()).allowed(role).contains(typeRight(action, needed));
    }

    /** Whether somebody watches over access, and by an operation learns of records that they may not read. */
    public static boolean isWatching(Caller caller, Action action) {
        return WATCHING.stream()
                .filter(caller::is)
                .anyMatch(role -> OperationRule.permission(action, role).isPresent());
    }

    /** Whether an operation is not there, or switched off for everybody. */
    public static boolean isOff(Action action) {
        return OperationRule.isOff(action);
    }

    /** An operation writes by rules of its own, where plain writing may be closed; the type must be open to the role. */
    private static Permission typeRight(Action action, Permission needed) {
        return action.operation().isEmpty() ? needed : Permission.READ;
    }

    private Reach launchedRecord(Caller caller, String type, Permission needed, BiPredicate<Caller, String> isTheirs) {
        var opened = opened(caller, Context.PATIENT, type, needed);
        if (opened instanceof Nothing) {
            return opened;
        }
        var launched = caller.patient().filter(id -> isTheirs.test(caller, id));
        if (launched.isEmpty()) {
            return nothing("patient in context is neither the user nor one the user acts for");
        }
        return isShared(type) ? opened : opened.within(Set.of(launched.get()));
    }

    private boolean isOwn(Caller caller, String patient) {
        return caller.fhirUser()
                .filter(user -> relations.ownRecordsOf(user).contains(patient))
                .isPresent();
    }

    /** A part of the record for who acts in that part alone. */
    private Reach proxied(Caller caller, Action action, Permission needed) {
        var whole = launchedRecord(caller, action.type(), needed, this::isProxied);
        var scopes = proxyScopes(caller);
        if (whole instanceof Nothing || ProxyScope.open(scopes, action)) {
            return whole;
        }
        return ProxyScope.ownPerson(scopes, caller, action)
                .map(whole::matching)
                .orElseGet(() -> nothing("proxy scope: the user acts for the patient in other things"));
    }

    private boolean isProxied(Caller caller, String patient) {
        return caller.fhirUser()
                .filter(user -> relations.proxiedBy(user).contains(patient))
                .isPresent();
    }

    private Set<ProxyScope> proxyScopes(Caller caller) {
        return caller.fhirUser()
                .flatMap(user -> caller.patient()
                        .map(patient -> relations.proxyScopesOf(user).getOrDefault(patient, Set.of())))
                .orElse(Set.of());
    }

    private Reach careFor(Caller caller, String type, Permission needed, Function<String, Set<String>> patientsOf) {
        var any = opened(caller, Context.USER, type, needed);
        var launched = caller.patient().isEmpty() ? scopeMissing() : opened(caller, Context.PATIENT, type, needed);
        var opened = any.or(launched);
        if (opened instanceof Nothing) {
            return opened;
        }
        var practitioner = caller.fhirUser().filter(user -> user.startsWith("Practitioner/"));
        if (practitioner.isEmpty()) {
            return nothing("no practitioner behind the account");
        }
        if (isShared(type)) {
            return opened;
        }
        var treated = patientsOf.apply(practitioner.get());
        var inContext = caller.patient().filter(treated::contains).stream().collect(toUnmodifiableSet());
        return any.within(treated).or(launched.within(inContext));
    }

    /** What the scopes of one context open of a type, before anybody asks whose it is. */
    private Reach opened(Caller caller, Context context, String type, Permission needed) {
        return caller.opening(context, type, needed)
                .map(scope -> opened(type, scope))
                .reduce(scopeMissing(), Reach::or);
    }

    private Reach opened(String type, Scope scope) {
        if (scope.constraint().isEmpty()) {
            return new Everything();
        }
        var constraint = scope.constraint().get();
        return constraints.understands(type, constraint) ? new Matching(new Everything(), constraint) : scopeMissing();
    }

    private static boolean isShared(String type) {
        return TypeRule.of(type).shared();
    }

    private static Reach nothing(String reason) {
        return new Nothing(new AccessDecision.Deny(reason));
    }

    static Reach scopeMissing() {
        return new Nothing(new AccessDecision.Deny("no scope for it", true));
    }
}
