package org.rapport.documentation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * One property of the product, as the configuration processor describes it.
 *
 * @param name with its prefix, such as {@code rapport.http.port}
 * @param type in a reader's words
 * @param defaultValue empty if there is none
 * @param text what it means, with its unit
 */
record Setting(String name, String type, String defaultValue, String text) {

    static Setting of(JsonNode property) {
        return new Setting(
                property.path("name").asText(),
                plain(property.path("type").asText()),
                value(property.path("defaultValue")),
                property.path("description").asText().replaceAll("\\{@\\w+ ([^}]*)}", "`$1`"));
    }

    /** The feature it belongs to: its first two words; a property of the whole server has none. */
    String feature() {
        var words = name.split("\\.", -1);
        return words.length > 2 ? words[0] + "." + words[1] : "";
    }

    String row() {
        var value = defaultValue.isEmpty() ? "" : "`" + defaultValue + "`";
        return "| `%s` | %s | %s | %s |".formatted(name, type, value, text.replace("|", "\\|"));
    }

    private static String value(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(","))
                : value.asText("");
    }

    private static String plain(String javaType) {
        var list = javaType.matches("java\\.util\\.(List|Set)<.*>");
        var type = list ? javaType.replaceAll("^[^<]*<(?:@[^ ]+ )?|>$", "") : javaType;
        var simple = type.replaceAll("<.*", "").replaceAll(".*[.$]", "");
        var word = switch (simple) {
            case "Boolean" -> "`true` or `false`";
            case "Integer", "Long" -> "number";
            case "Double", "BigDecimal" -> "decimal number";
            case "String" -> "text";
            case "Duration" -> "duration, such as `15m`";
            case "DataSize" -> "size, such as `10MB`";
            case "Path", "File" -> "path";
            case "URI", "URL" -> "URL";
            case "ZoneId" -> "time zone, such as `Europe/Berlin`";
            case "Map" -> "map";
            default -> simple;
        };
        return list ? "list of " + word : word;
    }
}
