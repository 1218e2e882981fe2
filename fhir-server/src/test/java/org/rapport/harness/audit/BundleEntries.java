package org.rapport.harness.audit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the audit log has to hold of a batch or transaction: one row, and of each entry what a request of its own would have. */
final class BundleEntries {

    private BundleEntries() {}

    static Stream<String> faults(Exchange bundle, List<Recorded> rows) {
        var entries = entries(bundle);
        return Stream.of(
                        ofItself(rows),
                        ofEntries(bundle, entries, rows),
                        rows.stream()
                                .filter(row -> !row.isOfABundle() && !row.writes())
                                .filter(row -> entries.stream().noneMatch(entry -> isOf(entry, row)))
                                .map(row -> "has no entry that is " + row))
                .flatMap(faults -> faults);
    }

    private static Stream<String> ofItself(List<Recorded> rows) {
        var own = rows.stream().filter(Recorded::isOfABundle).toList();
        boolean one = own.size() == 1 && own.get(0).entity().patient().isEmpty();
        return Stream.of("has not one row of itself: " + own).filter(fault -> !one);
    }

    /** Entries that ask the same have the same rows, each its own. */
    private static Stream<String> ofEntries(Exchange bundle, List<Exchange> entries, List<Recorded> rows) {
        return entries.stream().collect(groupingBy(entry -> List.of(entry.line(), entry.status()))).values().stream()
                .flatMap(alike -> {
                    var entry = together(bundle, alike);
                    var found = rows.stream().filter(row -> isOf(entry, row)).toList();
                    var each = alike.size() > 1 ? found.stream().distinct().toList() : found;
                    return ExactlyOne.faults(entry, each).stream()
                            .map(fault -> "has an entry " + entry + " that " + fault);
                });
    }

    private static boolean isOf(Exchange entry, Recorded row) {
        boolean asked = (row.writes() && row.entity().version().isPresent())
                || row.query().orElse("").equals(entry.line().query());
        boolean answered =
                entry.succeeded() ? row.deed().status() < 400 : row.deed().status() == entry.status();
        return asked && answered && Foreign.isAbout(entry.line(), row);
    }

    private static List<Exchange> entries(Exchange bundle) {
        var asked = Shown.parsed(bundle.asked()).map(json -> json.path("entry"));
        var answered = Shown.parsed(bundle.answer()).map(json -> json.path("entry"));
        return asked.isEmpty() || answered.isEmpty()
                ? List.of()
                : IntStream.range(0, asked.get().size())
                        .mapToObj(place -> entry(
                                bundle.request(),
                                asked.get().path(place),
                                answered.get().path(place)))
                        .toList();
    }

    private static Exchange entry(String request, JsonNode asked, JsonNode answered) {
        var url = asked.at("/request/url").asText().split("\\?", 2);
        var query = Optional.of(url)
                .filter(parts -> parts.length > 1)
                .map(parts -> parts[1])
                .orElse(asked.at("/request/ifNoneExist").asText());
        var method = asked.at("/request/method").asText();
        var line = new Exchange.Line(method, method.equals("POST") ? made(url[0], answered) : url[0], query);
        int status = Integer.parseInt(answered.at("/response/status").asText().split(" ", 2)[0]);
        return new Exchange(request, line, asked.toString(), status, answered.toString());
    }

    /** Entries that create the same type, or find it made already, are told apart by what they are answered. */
    private static String made(String type, JsonNode answered) {
        var location = answered.at("/response/location").asText().split("/", -1);
        return location.length > 1 ? type + "/" + location[1] : type;
    }

    /** Its patient may be named by another entry alone, which makes that patient. */
    private static Exchange together(Exchange bundle, List<Exchange> alike) {
        var one = alike.get(0);
        var answers = alike.stream()
                .map(Exchange::answer)
                .collect(joining(",", "{\"resourceType\": \"Bundle\", \"entry\": [", "]}"));
        return new Exchange(one.request(), one.line(), bundle.asked() + bundle.answer(), one.status(), answers);
    }
}
