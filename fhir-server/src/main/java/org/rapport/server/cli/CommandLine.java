package org.rapport.server.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was typed.
 *
 * @param words what stands without an option
 * @param options the value after each {@code --name}
 */
record CommandLine(List<String> words, Map<String, String> options) {

    CommandLine {
        words = List.copyOf(words);
        options = Map.copyOf(options);
    }

    /**
     * @throws CommandFailure if an option has no value
     */
    static CommandLine parse(List<String> arguments) {
        var words = new ArrayList<String>();
        var options = new HashMap<String, String>();
        var rest = arguments.iterator();
        while (rest.hasNext()) {
            String next = rest.next();
            if (!next.startsWith("--")) {
                words.add(next);
            } else if (rest.hasNext()) {
                options.put(next.substring(2), rest.next());
            } else {
                throw new CommandFailure("The option " + next + " needs a value.");
            }
        }
        return new CommandLine(words, options);
    }

    /** The word at that place, counted from 0. */
    Optional<String> word(int place) {
        return place < words.size() ? Optional.of(words.get(place)) : Optional.empty();
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** The data directory of the server that is spoken to. */
    Path data() {
        return Path.of(option("data").orElse("data"));
    }
}
