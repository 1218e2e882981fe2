package org.rapport.harness.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What no log may hold: the tokens that clients sent, the names, birth dates and addresses that people of the answers have,
 * and whatever free text clients sent.
 */
final class Canaries {

    private static final int SHORTEST_TOKEN = 20;
    private static final int SHORTEST_TEXT = 5;
    private static final List<String> OF_PEOPLE = List.of("family", "birthDate", "line");
    private static final List<String> SENT = List.of("family", "birthDate", "line", "text", "div", "valueString");

    private final Set<String> texts = ConcurrentHashMap.newKeySet();

    void token(String token) {
        if (token.length() >= SHORTEST_TOKEN) {
            texts.add(token);
        }
    }

    void of(Exchange exchange) {
        add(exchange.asked(), SENT);
        if (exchange.succeeded()) {
            add(exchange.answer(), OF_PEOPLE);
        }
    }

    private void add(String body, List<String> elements) {
        Shown.parsed(body).stream()
                .flatMap(json -> elements.stream().flatMap(element -> json.findValues(element).stream()))
                .flatMap(Canaries::leaves)
                .map(JsonNode::asText)
                .filter(text -> text.length() >= SHORTEST_TEXT)
                .forEach(texts::add);
    }

    private static Stream<JsonNode> leaves(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false).filter(JsonNode::isTextual)
                : Stream.of(value).filter(JsonNode::isTextual);
    }

    /** Those that stand in a log, as words of their own: names of classes hold words that people are called too. */
    List<String> in(String log) {
        return texts.stream().filter(text -> stands(text, log)).sorted().toList();
    }

    private static boolean stands(String text, String log) {
        for (int at = log.indexOf(text); at >= 0; at = log.indexOf(text, at + 1)) {
            int end = at + text.length();
            if ((at == 0 || !Character.isLetterOrDigit(log.charAt(at - 1)))
                    && (end == log.length() || !Character.isLetterOrDigit(log.charAt(end)))) {
                return true;
            }
        }
        return false;
    }
}
