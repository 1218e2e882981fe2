package org.rapport.search.hapi;

import static java.util.stream.Collectors.joining;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Search parameters as a list, in which a name may come more than once: all of them must match. */
public final class Questions {

    private Questions() {}

    /** The list of what a request holds. */
    public static List<Map.Entry<String, String>> of(Map<String, String[]> parameters) {
        return parameters.entrySet().stream()
                .flatMap(
                        parameter -> Stream.of(parameter.getValue()).map(value -> Map.entry(parameter.getKey(), value)))
                .toList();
    }

    /** The same as requests hold it. */
    public static Map<String, String[]> map(List<Map.Entry<String, String>> parameters) {
        var values = new LinkedHashMap<String, List<String>>();
        parameters.forEach(parameter -> values.computeIfAbsent(parameter.getKey(), name -> new ArrayList<>())
                .add(parameter.getValue()));
        var map = new LinkedHashMap<String, String[]>();
        values.forEach((name, all) -> map.put(name, all.toArray(String[]::new)));
        return map;
    }

    /** The same as URLs hold it. */
    public static String query(List<Map.Entry<String, String>> parameters) {
        return parameters.stream()
                .map(parameter -> escaped(parameter.getKey()) + "=" + escaped(parameter.getValue()))
                .collect(joining("&"));
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
