package org.rapport.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rapport.access.Caller.Role;
import org.rapport.access.Scope.Permission;

/**
 * What a caller wants to do.
 *
 * @param interaction the kind of request
 * @param type resource type it is about; empty for the whole server
 * @param operation name with the dollar sign, such as {@code $everything}; empty for anything but an operation
 */
public record Action(Interaction interaction, String type, String operation) {

    /** The kinds of FHIR requests, told apart as far as the rules tell them apart. */
    public enum Interaction {
        /** Read the current version of one resource. */
        READ(Permission.READ),
        /** Read one version of one resource. */
        VREAD(Permission.READ),
        /** List the versions of one resource. */
        HISTORY_INSTANCE(Permission.READ),
        /** List the versions of all resources of a type. */
        HISTORY_TYPE(Permission.SEARCH),
        /** List the versions of everything. */
        HISTORY_SYSTEM(null),
        /** Search a type. */
        SEARCH(Permission.SEARCH),
        /** Make a resource under an id that the server chooses. */
        CREATE(Permission.CREATE),
        /** Make a resource under an id that the caller chooses. */
        CREATE_WITH_ID(Permission.UPDATE),
        /** Replace a resource. */
        UPDATE(Permission.UPDATE),
        /** Change a part of a resource. */
        PATCH(Permission.UPDATE),
        /** Delete a resource. */
        DELETE(Permission.DELETE),
        /** Run an operation on a resource. */
        OPERATION_INSTANCE(null),
        /** Run an operation on a type. */
        OPERATION_TYPE(null),
        /** Run an operation on the server. */
        OPERATION_SYSTEM(null),
        /** Several requests in one; each entry is asked about by itself. */
        BUNDLE(null),
        /** Follow a link to a stored page of a search. */
        PAGE(null),
        /** Read what the server can do. */
        CAPABILITIES(null),
        /** Whatever is none of these. */
        OTHER(null);

        private final Optional<Permission> permission;

        Interaction(@Nullable Permission permission) {
            this.permission = Optional.ofNullable(permission);
        }

        /** What a scope must open the type for; empty where the operation or the entries decide. */
        public Optional<Permission> permission() {
            return permission;
        }
    }

    private static final Set<Interaction> LOOKS = EnumSet.of(
            Interaction.READ,
            Interaction.VREAD,
            Interaction.HISTORY_INSTANCE,
            Interaction.HISTORY_TYPE,
            Interaction.SEARCH);

    /** Whether it makes a new version of a resource that is there. */
    public boolean changes() {
        return interaction == Interaction.UPDATE || interaction == Interaction.PATCH;
    }

    /** An interaction with a type or one of its resources. */
    public static Action on(Interaction interaction, String type) {
        return new Action(interaction, type, "");
    }

    /** What a scope must open the type for, whoever asks; empty for what nobody may do or only its entries tell. */
    public Optional<Permission> permission() {
        return operation.isEmpty()
                ? interaction.permission()
                : Arrays.stream(Role.values())
                        .flatMap(role -> OperationRule.permission(this, role).stream())
                        .findFirst();
    }

    /** Whether it shows stored resources, and is no operation. */
    public boolean looks() {
        return LOOKS.contains(interaction);
    }
}
