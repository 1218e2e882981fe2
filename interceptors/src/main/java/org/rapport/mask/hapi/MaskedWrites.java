package org.rapport.mask.hapi;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.Action;
import org.rapport.access.Action.Interaction;
import org.rapport.access.ElementMask;
import org.rapport.access.hapi.CallerAccess;
import org.rapport.access.hapi.Preconditions;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;

/**
 * Lets who sees a part of a resource change that part and nothing else: by a JSON Patch that adds, replaces and removes, and
 * of which each path begins with an element they see. A whole resource from them would lose what is masked, and the path of a FHIRPath Patch can ask about it.
 */
public final class MaskedWrites {

    /** The same whatever is stored. */
    static final Failure PART_ONLY = Failure.of(
            422,
            "business-rule",
            "You see a part of such a resource: change it by a JSON Patch of elements that you see");

    private static final Failure NO_PART = Failure.of(
            422,
            "business-rule",
            "A resource that is tagged SUBSETTED is a part and would take the place of the whole");

    /** The others look at what is there, in which more may stand than is seen. */
    private static final Set<String> SAYING = Set.of("add", "replace", "remove");

    private static final String JSON_PATCH = "json-patch";
    private static final Pattern POINTER = Pattern.compile("/([A-Za-z][A-Za-z0-9]*)(/.*)?", Pattern.DOTALL);
    private static final ObjectReader STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private MaskedWrites() {}

    /** Judges a request with its body. */
    public static void check(CallerAccess access, Action action, RequestDetails request) {
        if (access.hasMasks()) {
            var masked = masked(access, action);
            if (!masked.isEmpty()
                    && !changesPart(
                            action, Preconditions.contentType(request), request.loadRequestContents(), masked)) {
                throw new FailureException(PART_ONLY);
            }
        }
    }

    /** Judges an entry of a bundle. */
    public static void check(CallerAccess access, Action action, Resource sent) {
        if (access.hasMasks()) {
            var masked = masked(access, action);
            if (!masked.isEmpty() && !changesPart(action, Preconditions.contentType(sent), content(sent), masked)) {
                throw new FailureException(PART_ONLY);
            }
        }
    }

    /** Judges a request that changes something of which the caller sees a part for what it contains, whatever its type. */
    public static void check(CallerAccess access, Action action, RequestDetails request, Resource current) {
        if (changesWhole(access, action, current)
                && !changesPart(
                        action,
                        Preconditions.contentType(request),
                        request.loadRequestContents(),
                        access.masked(action.type()))) {
            throw new FailureException(PART_ONLY);
        }
    }

    /** Judges an entry of a bundle that does. */
    public static void check(CallerAccess access, Action action, Resource sent, Resource current) {
        if (changesWhole(access, action, current)
                && !changesPart(action, Preconditions.contentType(sent), content(sent), access.masked(action.type()))) {
            throw new FailureException(PART_ONLY);
        }
    }

    private static boolean changesWhole(CallerAccess access, Action action, Resource current) {
        return action.changes() && new MaskedView(access).of(current) != current;
    }

    private static byte[] content(Resource sent) {
        return sent instanceof Binary binary && binary.hasData() ? binary.getData() : new byte[0];
    }

    /** Stops what says of itself that it is a part, whoever sends it: who reads it as one may write it as another. */
    public static void checkWhole(Optional<Resource> before, Resource after) {
        if (ElementMask.isPart(after) && before.filter(ElementMask::isPart).isEmpty()) {
            throw new FailureException(NO_PART);
        }
    }

    private static Set<String> masked(CallerAccess access, Action action) {
        return action.changes() ? access.masked(action.type()) : Set.of();
    }

    private static boolean changesPart(Action action, Optional<String> contentType, byte[] body, Set<String> masked) {
        return action.interaction() == Interaction.PATCH
                && contentType.filter(type -> type.contains(JSON_PATCH)).isPresent()
                && isPatchOfPart(action.type(), body, masked);
    }

    /** Whether each operation writes elements that are not masked, and none reads what is there. */
    public static boolean isPatchOfPart(String type, byte[] body, Set<String> masked) {
        try {
            JsonNode patch = STRICT.readTree(body);
            return patch.isArray()
                    && StreamSupport.stream(patch.spliterator(), false)
                            .allMatch(step -> SAYING.contains(step.path("op").asText())
                                    && isOfPart(type, step.path("path"), masked)
                                    && !namesContained(step.path("value")));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isOfPart(String type, JsonNode pointer, Set<String> masked) {
        var path = POINTER.matcher(pointer.asText());
        return pointer.isTextual() && path.matches() && ElementMask.isContent(type, path.group(1), masked);
    }

    /** It would show a contained resource that was kept back. */
    private static boolean namesContained(JsonNode value) {
        return value.isTextual()
                ? value.asText().startsWith("#")
                : StreamSupport.stream(value.spliterator(), false).anyMatch(MaskedWrites::namesContained);
    }
}
