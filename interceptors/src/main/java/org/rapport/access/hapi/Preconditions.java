package org.rapport.access.hapi;

import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.Action;
import org.rapport.access.Action.Interaction;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;

/** What a change must say, whoever may make it. */
public final class Preconditions {

    /** Where two people who do not know of each other's change would do harm. */
    private static final Set<String> VERSIONED = Set.of("Appointment", "Consent");

    private static final String XML_PATCH = "xml-patch";

    private Preconditions() {}

    /** Stops a change by somebody who saw an older version, or of such a resource without saying what version they saw. */
    public static void checkVersion(Action action, Optional<String> ifMatch, Resource current) {
        checkNamesVersion(action, ifMatch, () -> Optional.of(current));
        if (!action.changes() || ifMatch.isEmpty()) {
            return;
        }
        var seen = ifMatch.get().replace("W/", "").replace("\"", "").strip();
        if (!seen.equals(current.getIdElement().getVersionIdPart())) {
            throw new FailureException(Failure.PRECONDITION_FAILED);
        }
    }

    /**
     * Stops a change of such a resource by somebody who does not say what version they saw.
     *
     * @param current what is there now; asked for only where it matters
     */
    public static void checkNamesVersion(
            Action action, Optional<String> ifMatch, Supplier<Optional<Resource>> current) {
        if (action.changes()
                && ifMatch.isEmpty()
                && VERSIONED.contains(action.type())
                && current.get().isPresent()) {
            throw new FailureException(
                    Failure.invalid("Appointments and Consents are changed with If-Match and the version you saw"));
        }
    }

    /** The same for a request; one that changes what it finds by a search cannot know the version. */
    public static void checkNamesVersion(Action action, RequestDetails request, StoredResources stored) {
        if (request.getId() != null) {
            checkNamesVersion(
                    action,
                    Optional.ofNullable(request.getHeader(Constants.HEADER_IF_MATCH)),
                    () -> stored.current(action.type(), request.getId().getIdPart()));
        }
    }

    /** XML Patch is off: one way to change a part in each format is enough to be judged. */
    public static void checkFormat(Action action, Optional<String> contentType) {
        if (action.interaction() == Interaction.PATCH
                && contentType.filter(type -> type.contains(XML_PATCH)).isPresent()) {
            throw new FailureException(Failure.MEDIA_TYPE);
        }
    }

    /** The content type of a patch in a bundle. */
    public static Optional<String> contentType(Resource patch) {
        return patch instanceof Binary binary ? Optional.ofNullable(binary.getContentType()) : Optional.empty();
    }

    /** The content type of a request. */
    public static Optional<String> contentType(RequestDetails request) {
        return Optional.ofNullable(request.getHeader(Constants.HEADER_CONTENT_TYPE));
    }
}
