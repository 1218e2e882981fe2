package org.rapport.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A file of requests to copy and run, as editors understand it.
 *
 * @param requests in their order
 */
record HttpFile(List<Request> requests) {

    private static final Pattern NAME = Pattern.compile("(?m)^# @name (\\S+)$");
    private static final Pattern BEARER = Pattern.compile("(?m)^Authorization: Bearer \\{\\{(\\w+)}}$");
    private static final Pattern HEADER = Pattern.compile("(?m)^(Content-Type|Idempotency-Key): (.+)$");
    private static final Pattern LINE = Pattern.compile("(?m)^(GET|POST|PUT|DELETE) (\\S+)$");

    /**
     * One request, with its placeholders.
     *
     * @param title what the file says it does
     * @param name under which later ones know its answer
     * @param caller the variable that holds the token
     * @param contentType empty without a body
     */
    record Request(
            String title,
            Optional<String> name,
            String method,
            String address,
            Optional<String> caller,
            Optional<String> idempotencyKey,
            Optional<String> contentType,
            String body) {}

    static HttpFile read(Path file) {
        try {
            return new HttpFile(Arrays.stream(Files.readString(file).split("(?m)^###"))
                    .filter(block -> LINE.matcher(block).find())
                    .map(HttpFile::request)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Request request(String block) {
        var line = LINE.matcher(block);
        if (!line.find()) {
            throw new IllegalArgumentException("Expected a request line in: " + block);
        }
        var parts = block.substring(line.start()).split("\n\n", 2);
        return new Request(
                block.lines().findFirst().orElse("").strip(),
                first(NAME, 1, block),
                line.group(1),
                line.group(2),
                first(BEARER, 1, parts[0]),
                header(parts[0], "Idempotency-Key"),
                header(parts[0], "Content-Type"),
                parts.length < 2
                        ? ""
                        : parts[1].lines().filter(text -> !text.startsWith("#")).collect(Collectors.joining("\n")));
    }

    private static Optional<String> header(String head, String name) {
        return HEADER.matcher(head)
                .results()
                .filter(found -> found.group(1).equals(name))
                .map(found -> found.group(2))
                .findFirst();
    }

    private static Optional<String> first(Pattern pattern, int group, String text) {
        return pattern.matcher(text).results().map(found -> found.group(group)).findFirst();
    }
}
