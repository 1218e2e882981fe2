package org.rapport.harness.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What no log may hold: the tokens that clients sent, the names, birth dates and addresses that people of the answers have,
 * and whatever free text clients sent.
 */
final class Canaries {

    private static final int SHORTEST_TOKEN = 20;
    private static final int SHORTEST_TEXT = 5;
    private static final Pattern FRAME =
            Pattern.compile("(?m)^\\s+at [\\w.$/<>-]+\\([\\w.:<> ]+\\)( ~?\\[[^\\]]*\\])?$");
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

    /** Those that stand in a log; the frames of a stack trace hold names of classes, which may be words of people too. */
    List<String> in(String log) {
        var said = FRAME.matcher(log).replaceAll("");
        return texts.stream().filter(said::contains).sorted().toList();
    }
}
