package org.rapport.access.hapi;

import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Objects;
import org.rapport.access.Action;
import org.rapport.access.Action.Interaction;

/** Says in our words what HAPI understood a request to be. */
public final class RequestActions {

    private RequestActions() {}

    /**
     * The action of a request; {@link Interaction#OTHER} for whatever the rules have no word for. To export the whole server
     * is to export its patients.
     */
    public static Action of(RequestDetails request) {
        var type = Objects.requireNonNullElse(request.getResourceName(), "");
        if (request.getRestOperationType() == null
                || request.getCompartmentName() != null
                || request.getSecondaryOperation() != null) {
            return Action.on(Interaction.OTHER, type);
        }
        var interaction = interaction(request.getRestOperationType(), request.getId() != null);
        if (interaction == Interaction.OPERATION_SYSTEM && "$export".equals(request.getOperation())) {
            return new Action(Interaction.OPERATION_TYPE, "Patient", "$export");
        }
        return switch (interaction) {
            case OPERATION_INSTANCE, OPERATION_TYPE, OPERATION_SYSTEM ->
                new Action(interaction, type, Objects.requireNonNullElse(request.getOperation(), "$"));
            default -> Action.on(interaction, type);
        };
    }

    private static Interaction interaction(RestOperationTypeEnum kind, boolean onInstance) {
        return switch (kind) {
            case READ -> Interaction.READ;
            case VREAD -> Interaction.VREAD;
            case HISTORY_INSTANCE -> Interaction.HISTORY_INSTANCE;
            case HISTORY_TYPE -> Interaction.HISTORY_TYPE;
            case HISTORY_SYSTEM -> Interaction.HISTORY_SYSTEM;
            case SEARCH_TYPE -> Interaction.SEARCH;
            case CREATE -> Interaction.CREATE;
            case UPDATE -> Interaction.UPDATE;
            case PATCH -> Interaction.PATCH;
            case DELETE -> Interaction.DELETE;
            case EXTENDED_OPERATION_INSTANCE -> Interaction.OPERATION_INSTANCE;
            case EXTENDED_OPERATION_TYPE -> Interaction.OPERATION_TYPE;
            case EXTENDED_OPERATION_SERVER -> Interaction.OPERATION_SYSTEM;
            case VALIDATE -> onInstance ? Interaction.OPERATION_INSTANCE : Interaction.OPERATION_TYPE;
            case TRANSACTION, BATCH -> Interaction.BUNDLE;
            case METADATA -> Interaction.CAPABILITIES;
            case GET_PAGE -> Interaction.PAGE;
            default -> Interaction.OTHER;
        };
    }
}
