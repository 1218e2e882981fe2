package org.rapport.access;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Caller.Role;
import org.rapport.access.Reach.Everything;
import org.rapport.access.Reach.Nothing;
import org.rapport.access.Reach.Records;
import org.rapport.access.Scope.Context;
import org.rapport.access.Scope.Permission;

/**
 * Decides whether a caller may do something: the only place that answers it.
 *
 * <p>Systems go by scope, patients stay in their own record, proxies in the one of the patient they act for, staff stay with
 * the patients they treat, those who watch over access see the audit record alone; whoever and whatever is not named is
 * refused. {@link TypeRule} and {@link OperationRule} hold the tables.
 */
public final class AccessRules {

    private static final Set<Role> ADMITTED =
            EnumSet.of(Role.SYSTEM, Role.PATIENT, Role.PROXY, Role.CLINICIAN, Role.CARE_MANAGER);
    private static final Set<Role> WATCHING = EnumSet.of(Role.PRIVACY_OFFICER, Role.AUDITOR);
    private static final Set<Interaction> SYSTEMS_ONLY =
            EnumSet.of(Interaction.HISTORY_TYPE, Interaction.CREATE_WITH_ID);

    private final Relations relations;

    /** Rules that ask the given relations whom a user is, acts for and treats. */
    public AccessRules(Relations relations) {
        this.relations = relations;
    }

    /** Whether a caller may do something to a target. */
    public AccessDecision decide(Caller caller, Action action, Target target) {
        var reach = reach(caller, action);
        if (reach instanceof Nothing nothing) {
            return nothing.denial();
        }
        if (reach instanceof Records records && target instanceof Target.Resource resource) {
            return within(records.patients(), resource);
        }
        return new AccessDecision.Permit();
    }

    /** How far an action of a caller goes. */
    public Reach reach(Caller caller, Action action) {
        return switch (action.interaction()) {
            case CAPABILITIES -> new Everything();
            case BUNDLE ->
                caller.roles().stream().anyMatch(ADMITTED::contains)
                        ? new Everything()
                        : nothing("no role that may send bundles");
            case PAGE -> caller.actsAlone() ? new Everything() : nothing("a page link is not bound to its caller");
            case HISTORY_SYSTEM, OTHER -> nothing(action.interaction() + " is closed");
            default ->
                Stream.concat(ADMITTED.stream(), WATCHING.stream())
                        .filter(caller::is)
                        .map(role -> reach(caller, action, role))
                        .reduce(AccessRules::wider)
                        .orElseGet(() -> nothing("no role with rights here"));
        };
    }

    private static AccessDecision within(Set<String> reached, Target.Resource resource) {
        if (resource.patients().isEmpty()) {
            return new AccessDecision.Deny("belongs to no patient's record");
        }
        return reached.containsAll(resource.patients())
                ? new AccessDecision.Permit()
                : new AccessDecision.Deny("belongs to the record of a patient out of reach");
    }

    private Reach reach(Caller caller, Action action, Role role) {
        if (role != Role.SYSTEM && SYSTEMS_ONLY.contains(action.interaction())) {
            return nothing(action.interaction() + " is for systems only");
        }
        var needed = needed(action, role);
        if (needed.isEmpty() || !allowed(action.type(), role).contains(typeRight(action, needed.get()))) {
            return nothing(role + " has no right to " + action);
        }
        return switch (role) {
            case SYSTEM -> bySystemScope(caller, action.type(), needed.get());
            case PATIENT -> launchedRecord(caller, action.type(), needed.get(), this::isOwn);
            case PROXY -> launchedRecord(caller, action.type(), needed.get(), this::isProxied);
            case PRIVACY_OFFICER, AUDITOR ->
                caller.holds(Context.USER, action.type(), needed.get()) ? new Everything() : scopeMissing();
            default -> treatedPatients(caller, action.type(), needed.get());
        };
    }

    private static Optional<Permission> needed(Action action, Role role) {
        return action.operation().isEmpty()
                ? action.interaction().permission()
                : OperationRule.permission(action, role);
    }

    /** An operation writes by rules of its own, where plain writing may be closed; the type must be open to the role. */
    private static Permission typeRight(Action action, Permission needed) {
        return action.operation().isEmpty() ? needed : Permission.READ;
    }

    private static Set<Permission> allowed(String type, Role role) {
        var rule = TypeRule.of(type);
        return switch (role) {
            case SYSTEM -> rule.system();
            case PATIENT, PROXY -> rule.patient();
            case PRIVACY_OFFICER, AUDITOR -> TypeRule.watched(type);
            default -> rule.staff();
        };
    }

    private static Reach bySystemScope(Caller caller, String type, Permission needed) {
        return caller.holds(Context.SYSTEM, type, needed) ? new Everything() : scopeMissing();
    }

    private static Reach launchedRecord(
            Caller caller, String type, Permission needed, BiPredicate<Caller, String> isTheirs) {
        if (!caller.holds(Context.PATIENT, type, needed)) {
            return scopeMissing();
        }
        var launched = caller.patient().filter(id -> isTheirs.test(caller, id));
        if (launched.isEmpty()) {
            return nothing("patient in context is neither the user nor one the user acts for");
        }
        return isShared(type) ? new Everything() : new Records(Set.of(launched.get()));
    }

    private boolean isOwn(Caller caller, String patient) {
        return caller.fhirUser()
                .map(user -> relations.ownRecordsOf(user).contains(patient))
                .orElse(true);
    }

    private boolean isProxied(Caller caller, String patient) {
        return caller.fhirUser()
                .filter(user -> relations.proxiedBy(user).contains(patient))
                .isPresent();
    }

    private Reach treatedPatients(Caller caller, String type, Permission needed) {
        boolean any = caller.holds(Context.USER, type, needed);
        var launched = caller.patient().filter(id -> caller.holds(Context.PATIENT, type, needed));
        if (!any && launched.isEmpty()) {
            return scopeMissing();
        }
        var practitioner = caller.fhirUser().filter(user -> user.startsWith("Practitioner/"));
        if (practitioner.isEmpty()) {
            return nothing("no practitioner behind the account");
        }
        if (isShared(type)) {
            return new Everything();
        }
        var treated = new HashSet<>(relations.treatedBy(practitioner.get()));
        if (!any) {
            treated.retainAll(launched.stream().toList());
        }
        return new Records(treated);
    }

    private static boolean isShared(String type) {
        return TypeRule.of(type).recordLink().isEmpty();
    }

    private static Reach wider(Reach one, Reach other) {
        if (one instanceof Everything || other instanceof Nothing) {
            return one;
        }
        if (other instanceof Everything || one instanceof Nothing) {
            return other;
        }
        var all = new HashSet<>(((Records) one).patients());
        all.addAll(((Records) other).patients());
        return new Records(all);
    }

    private static Reach nothing(String reason) {
        return new Nothing(new AccessDecision.Deny(reason));
    }

    private static Reach scopeMissing() {
        return new Nothing(new AccessDecision.Deny("no scope for it", true));
    }
}
