package org.rapport.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Caller.Role;
import org.rapport.access.Scope.Permission;

/**
 * One operation somebody may run. What it returns is still measured resource by resource.
 *
 * @param name with the dollar sign
 * @param levels on what it may be run
 * @param types on which resource types; none for every type
 * @param permission what a scope must open the type for
 * @param roles who may run it
 */
record OperationRule(String name, Set<Interaction> levels, Set<String> types, Permission permission, Set<Role> roles) {

    private static final Set<Interaction> ON_INSTANCE = Set.of(Interaction.OPERATION_INSTANCE);
    private static final Set<Interaction> ON_TYPE = Set.of(Interaction.OPERATION_TYPE);
    private static final Set<Interaction> ON_BOTH = Set.of(Interaction.OPERATION_INSTANCE, Interaction.OPERATION_TYPE);
    private static final Set<Interaction> ON_ALL =
            Set.of(Interaction.OPERATION_INSTANCE, Interaction.OPERATION_TYPE, Interaction.OPERATION_SYSTEM);
    private static final Set<Role> SYSTEM = Set.of(Role.SYSTEM);
    private static final Set<Role> PEOPLE = Set.of(Role.PATIENT, Role.PROXY, Role.CLINICIAN, Role.CARE_MANAGER);
    private static final Set<Role> WATCHING = Set.of(Role.PRIVACY_OFFICER, Role.AUDITOR);
    private static final Set<Role> PRIVACY = Set.of(Role.PRIVACY_OFFICER);
    private static final Set<Role> OWN_RECORD = Set.of(Role.PATIENT, Role.PROXY, Role.PRIVACY_OFFICER);
    private static final Set<Role> BOOKERS =
            Set.of(Role.SYSTEM, Role.PATIENT, Role.PROXY, Role.CLINICIAN, Role.CARE_MANAGER, Role.CLERK);
    private static final Set<Role> SIGNED_IN = EnumSet.complementOf(EnumSet.of(Role.DEVICE));
    private static final Set<Role> PUBLISHERS = Set.of(Role.ADMIN, Role.PRIVACY_OFFICER);
    private static final Set<String> CONSENT = Set.of("Consent");
    private static final Set<String> APPOINTMENT = Set.of("Appointment");
    private static final Set<String> AUDIT_EVENT = Set.of("AuditEvent");

    /** Denied to everybody, and not hidden: they would lower labels, and results of {@code $meta} would not be filtered. */
    private static final Set<String> DENIED = Set.of("$meta", "$meta-add", "$meta-delete");

    private static final String POLICY_TEXT = "$policy-text";

    /** What these read and write is no patient's, whatever the type they are run on. */
    private static final Set<String> ABOUT_NOBODY = Set.of("$publish-policy", POLICY_TEXT);

    // An operation that is not listed is not there, whoever asks.
    private static final List<OperationRule> TABLE = List.of(
            new OperationRule("$everything", ON_INSTANCE, Set.of("Patient"), Permission.READ, PEOPLE),
            new OperationRule("$everything", ON_BOTH, Set.of("Patient"), Permission.READ, SYSTEM),
            new OperationRule("$export", ON_INSTANCE, Set.of("Group"), Permission.READ, SYSTEM),
            new OperationRule("$export", ON_TYPE, Set.of("Patient"), Permission.READ, SYSTEM),
            new OperationRule("$export-status", ON_TYPE, Set.of("Patient"), Permission.READ, SYSTEM),
            new OperationRule("$export-file", ON_TYPE, Set.of("Patient"), Permission.READ, SYSTEM),
            new OperationRule("$find", ON_TYPE, APPOINTMENT, Permission.SEARCH, BOOKERS),
            new OperationRule("$hold", ON_TYPE, APPOINTMENT, Permission.CREATE, BOOKERS),
            new OperationRule("$book", ON_TYPE, APPOINTMENT, Permission.CREATE, BOOKERS),
            new OperationRule("$confirm", ON_INSTANCE, APPOINTMENT, Permission.UPDATE, BOOKERS),
            new OperationRule("$cancel", ON_INSTANCE, APPOINTMENT, Permission.UPDATE, BOOKERS),
            new OperationRule("$access-log", ON_INSTANCE, Set.of("Patient"), Permission.READ, OWN_RECORD),
            new OperationRule("$explain-access", ON_INSTANCE, Set.of("Patient"), Permission.READ, PRIVACY),
            new OperationRule("$preview", ON_TYPE, CONSENT, Permission.READ, OWN_RECORD),
            new OperationRule("$publish-policy", ON_TYPE, CONSENT, Permission.CREATE, PUBLISHERS),
            new OperationRule(POLICY_TEXT, ON_TYPE, CONSENT, Permission.READ, SIGNED_IN),
            new OperationRule("$ndjson", ON_TYPE, AUDIT_EVENT, Permission.READ, WATCHING),
            new OperationRule("$verify", ON_TYPE, AUDIT_EVENT, Permission.READ, WATCHING),
            new OperationRule("$reseal", ON_TYPE, AUDIT_EVENT, Permission.READ, PRIVACY),
            new OperationRule("$validate", ON_BOTH, Set.of(), Permission.READ, SYSTEM),
            new OperationRule("$expand", ON_BOTH, Set.of("ValueSet"), Permission.READ, SYSTEM),
            new OperationRule("$lookup", ON_TYPE, Set.of("CodeSystem"), Permission.READ, SYSTEM),
            new OperationRule("$validate-code", ON_BOTH, Set.of("ValueSet", "CodeSystem"), Permission.READ, SYSTEM),

            // served by HAPI and closed to everybody
            closed("$meta"),
            closed("$meta-add"),
            closed("$meta-delete"),
            closed("$expunge"),
            closed("$lastn"),
            closed("$subsumes"),
            closed("$translate"),
            closed("$snapshot"),
            closed("$diff"),
            closed("$document"),
            closed("$process-message"),
            closed("$invalidate-expansion"),
            closed("$get-resource-counts"),
            closed("$reindex"),
            closed("$reindex-terminology"),
            closed("$mark-all-resources-for-reindexing"),
            closed("$perform-reindexing-pass"),
            closed("$hapi.fhir.merge"),
            closed("$hapi.fhir.undo-merge"),
            closed("$hapi.fhir.replace-references"),
            closed("$hapi.fhir.undo-replace-references"));

    private static OperationRule closed(String name) {
        return new OperationRule(name, ON_ALL, Set.of(), Permission.READ, Set.of());
    }

    /** What a scope must open the type for, when somebody of that role may run the operation. */
    static Optional<Permission> permission(Action action, Role role) {
        return TABLE.stream()
                .filter(rule -> rule.allows(action, role))
                .map(OperationRule::permission)
                .findFirst();
    }

    /** Whether an operation is not there, or switched off: for everybody it is then one that never was. */
    static boolean isOff(Action action) {
        return !action.operation().isEmpty()
                && !DENIED.contains(action.operation())
                && TABLE.stream()
                        .noneMatch(
                                rule -> !rule.roles().isEmpty() && (rule.isOn(action) || rule.isOnInABundle(action)));
    }

    /** Whether an operation touches nobody's record, so that who may run it needs no right to its type. */
    static boolean isAboutNobody(Action action) {
        return ABOUT_NOBODY.contains(action.operation());
    }

    /** Whether every app of who may run it may, whatever its scopes. */
    static boolean isForEveryApp(Action action) {
        return POLICY_TEXT.equals(action.operation());
    }

    /** Every rule, those that close an operation among them. */
    static Stream<OperationRule> all() {
        return TABLE.stream();
    }

    private boolean allows(Action action, Role role) {
        return isOn(action) && roles.contains(role);
    }

    private boolean isOn(Action action) {
        return isNamed(action) && levels.contains(action.interaction());
    }

    /** No bundle runs an operation, be it there or not. */
    private boolean isOnInABundle(Action action) {
        return isNamed(action) && action.interaction() == Interaction.OTHER;
    }

    private boolean isNamed(Action action) {
        return name.equals(action.operation()) && (types.isEmpty() || types.contains(action.type()));
    }
}
