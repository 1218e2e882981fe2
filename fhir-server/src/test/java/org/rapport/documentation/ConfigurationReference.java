package org.rapport.documentation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collector;

/**
 * The page about all properties of the product.
 *
 * @param settings every property
 */
record ConfigurationReference(List<Setting> settings) {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    private static final String HEAD = """
            # Configuration

            Every property of Rapport. This page is written from the Javadoc of the settings; do not edit it.

            A property is passed on the command line (`./run -- --rapport.http.port=8090`). A list is written with commas. A
            property without a default is off, or found out, when it is not given. A wrong value stops the start with a sentence
            that says what to write.
            """;

    /** What the class path describes. */
    static ConfigurationReference ofClassPath() throws IOException {
        var settings = new ArrayList<Setting>();
        var json = new ObjectMapper();
        for (URL url :
                Collections.list(ConfigurationReference.class.getClassLoader().getResources(METADATA))) {
            try (var metadata = url.openStream()) {
                for (JsonNode property : json.readTree(metadata).path("properties")) {
                    if (property.path("name").asText().startsWith("rapport.")) {
                        settings.add(Setting.of(property));
                    }
                }
            }
        }
        settings.sort(Comparator.comparing(Setting::name));
        return new ConfigurationReference(List.copyOf(settings));
    }

    String page() {
        return settings.stream().collect(groupingBy(Setting::feature, TreeMap::new, joiningRows())).entrySet().stream()
                .map(feature -> section(feature.getKey(), feature.getValue()))
                .collect(joining("", HEAD, ""));
    }

    private static String section(String feature, String rows) {
        var title = feature.isEmpty() ? "The whole server" : "`" + feature + "`";
        return """

                ## %s

                | property | type | default | meaning |
                |---|---|---|---|
                %s
                """.formatted(title, rows);
    }

    private static Collector<Setting, ?, String> joiningRows() {
        return mapping(Setting::row, joining("\n"));
    }
}
