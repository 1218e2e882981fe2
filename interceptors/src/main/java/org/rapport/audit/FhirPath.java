package org.rapport.audit;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request to the FHIR base asked for, told by its method and path alone: for requests that were refused before
 * anything understood them.
 *
 * @param interaction what it does
 * @param entity what it is about
 */
public record FhirPath(Interaction interaction, Entity entity) {

    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z]{1,63}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

    /**
     * Reads a request line.
     *
     * @param method HTTP method
     * @param path what follows the FHIR base, such as {@code /Patient/1/_history/2}
     */
    public static FhirPath of(String method, String path) {
        var levels = path.replaceFirst("^/", "").split("/", -1);
        var type = level(levels, 0, TYPE);
        var id = type.isPresent() ? level(levels, 1, ID) : Optional.<String>empty();
        var entity = new Entity(type, id, Optional.empty(), Optional.empty());
        return new FhirPath(interaction(method, levels, entity), entity);
    }

    private static Interaction interaction(String method, String[] levels, Entity entity) {
        var last = levels[levels.length - 1];
        if (last.startsWith("$")) {
            return Interaction.OPERATION;
        }
        boolean one = entity.id().isPresent();
        return switch (method) {
            case "PUT" -> Interaction.UPDATE;
            case "PATCH" -> Interaction.PATCH;
            case "DELETE" -> Interaction.DELETE;
            case "POST" -> posted(last, entity);
            default -> {
                if (path(levels, "_history")) {
                    yield last.equals("_history") ? history(entity) : Interaction.VREAD;
                }
                yield one ? Interaction.READ : Interaction.SEARCH;
            }
        };
    }

    private static Interaction posted(String last, Entity entity) {
        if (last.equals("_search")) {
            return Interaction.SEARCH;
        }
        return entity.type().isPresent() ? Interaction.CREATE : Interaction.BUNDLE;
    }

    private static Interaction history(Entity entity) {
        if (entity.id().isPresent()) {
            return Interaction.HISTORY_INSTANCE;
        }
        return entity.type().isPresent() ? Interaction.HISTORY_TYPE : Interaction.HISTORY_SYSTEM;
    }

    private static boolean path(String[] levels, String word) {
        return java.util.Arrays.asList(levels).contains(word);
    }

    private static Optional<String> level(String[] levels, int index, Pattern form) {
        return levels.length > index && form.matcher(levels[index]).matches()
                ? Optional.of(levels[index])
                : Optional.empty();
    }
}
