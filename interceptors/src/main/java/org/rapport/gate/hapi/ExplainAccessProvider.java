package org.rapport.gate.hapi;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.rapport.access.Action;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Caller;
import org.rapport.access.Caller.Role;
import org.rapport.access.Reach;
import org.rapport.access.RecordOwners;
import org.rapport.access.Somebody;
import org.rapport.access.hapi.CallerAccess;
import org.rapport.access.hapi.FhirProvider;
import org.rapport.access.hapi.StoredResources;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;

/**
 * {@code Patient/[id]/$explain-access}: whether somebody, with an app that has every scope, may do something with a
 * patient's record, and which rule decides it. It answers from the decision itself, so it never says anything else.
 */
@FhirProvider
public final class ExplainAccessProvider {

    /** Of these the content decides too, and here there is none. */
    private static final Set<Interaction> WRITES =
            EnumSet.of(Interaction.CREATE, Interaction.UPDATE, Interaction.PATCH);

    private final CallerAccess.Source callers;
    private final RecordOwners owners;
    private final StoredResources stored;

    ExplainAccessProvider(CallerAccess.Source callers, RecordOwners owners, StoredResources stored) {
        this.callers = callers;
        this.owners = owners;
        this.stored = stored;
    }

    /**
     * Explains one decision.
     *
     * @param user who would do it, such as {@code Practitioner/dr-adams}
     * @param role what the user is here, such as {@code clerk}; without it, what users of that type usually are
     * @param resource what of the record it is about, such as {@code Observation/1}; without it, the Patient
     * @param interaction what would be done: {@code read}, unless it says {@code search}, {@code update} and so on
     */
    @Operation(name = "$explain-access", typeName = "Patient", idempotent = true)
    public Parameters explain(
            @IdParam IdType id,
            @OperationParam(name = "user", min = 1, max = 1) @Nullable StringType user,
            @OperationParam(name = "role", max = 1) @Nullable StringType role,
            @OperationParam(name = "resource", max = 1) @Nullable StringType resource,
            @OperationParam(name = "interaction", max = 1) @Nullable StringType interaction) {
        var who = caller(text(user), text(role), id.getIdPart());
        var target = target(id.getIdPart(), text(resource));
        var what = interaction(text(interaction));
        var access = callers.of(who);
        var decision = access.decide(what, target);
        var answer = new Parameters();
        answer.addParameter()
                .setName("decision")
                .setValue(new CodeType(decision.fold(() -> "permit", partially -> "permit-partially", deny -> "deny")));
        answer.addParameter()
                .setName("rule")
                .setValue(new StringType(decision.fold(
                        () -> permitting(access, Action.on(what, target.fhirType())),
                        partially -> permitting(access, Action.on(what, target.fhirType())) + "; masked: "
                                + partially.masked().stream().sorted().collect(Collectors.joining(", ")),
                        deny -> deny.reason())));
        answer.addParameter()
                .setName("user")
                .setValue(new StringType(who.fhirUser().orElseThrow()));
        who.roles().forEach(one -> answer.addParameter().setName("role").setValue(new CodeType(one.claim())));
        answer.addParameter().setName("interaction").setValue(new CodeType(code(what)));
        answer.addParameter()
                .setName("resource")
                .setValue(new StringType(
                        target.fhirType() + "/" + target.getIdElement().getIdPart()));
        return answer;
    }

    private static String permitting(CallerAccess access, Action action) {
        var role = access.caller().roles().iterator().next().claim();
        boolean everybodys = access.reach(action) instanceof Reach.Everything;
        return "type rule: " + role + " has a right to " + action.interaction() + " of " + action.type()
                + (everybodys ? ", whosever it is" : ", and the record is within reach of the user")
                + (WRITES.contains(action.interaction())
                        ? "; what they write names no other person as author and refers to nothing hidden from them"
                        : "");
    }

    private static Caller caller(Optional<String> user, Optional<String> role, String patient) {
        var reference = user.map(IdType::new).filter(id -> id.hasResourceType() && id.hasIdPart());
        var what = role.isPresent()
                ? role.flatMap(Role::ofClaim)
                : reference.flatMap(id -> Somebody.usualRole(id.getResourceType()));
        if (reference.isEmpty() || what.isEmpty() || what.get() == Role.SYSTEM) {
            throw new FailureException(
                    Failure.invalid("Expected a user such as Practitioner/dr-adams, and a role of people if any"));
        }
        var fhirUser = reference.get().getResourceType() + "/" + reference.get().getIdPart();
        return Somebody.in(what.get(), fhirUser, "$explain-access", Optional.of(patient));
    }

    private Resource target(String patient, Optional<String> resource) {
        var id = new IdType(resource.orElse("Patient/" + patient));
        if (!id.hasResourceType() || !id.hasIdPart()) {
            throw new FailureException(Failure.invalid("Expected a resource such as Observation/1"));
        }
        return stored.current(id.getResourceType(), id.getIdPart())
                .filter(found -> owners.patients(found).contains(patient))
                .orElseThrow(() -> new FailureException(Failure.NOT_FOUND));
    }

    private static Interaction interaction(Optional<String> code) {
        return Arrays.stream(Interaction.values())
                .filter(known -> known.permission().isPresent())
                .filter(known -> code(known).equals(code.orElse("read")))
                .findFirst()
                .orElseThrow(() -> new FailureException(Failure.invalid(
                        "Expected an interaction such as read, search, create, update, patch or delete")));
    }

    private static String code(Interaction interaction) {
        return interaction.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Optional<String> text(@Nullable StringType value) {
        return Optional.ofNullable(value).map(StringType::getValue).filter(text -> !text.isBlank());
    }
}
