package org.rapport.rights;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.rapport.harness.FhirSession;

/** Thinks up requests from what the CapabilityStatement says can be asked, after a hidden patient whose ids are known. */
final class RandomRequests {

    /** One request that changes nothing it may not change, and the pages that its answer goes on with. */
    record Question(String method, String path, String format, String body) {

        private static final int PAGES = 3;

        List<HttpResponse<String>> ask(FhirSession session) {
            var answers = new ArrayList<HttpResponse<String>>();
            answers.add(session.send(
                    method, path, format, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
            for (var next = next(answers.get(0)); next.isPresent() && answers.size() < PAGES; ) {
                var page = session.send("GET", next.get(), "", BodyPublishers.noBody());
                answers.add(page);
                next = next(page);
            }
            return answers;
        }

        private static Optional<String> next(HttpResponse<String> answer) {
            if (!answer.body().contains("\"next\"")) {
                return Optional.empty();
            }
            return StreamSupport.stream(
                            FhirSession.parsed(answer.body()).path("link").spliterator(), false)
                    .filter(link -> link.path("relation").asText().equals("next"))
                    .map(link -> link.path("url").asText())
                    .map(url -> url.substring(url.indexOf("/fhir/") + "/fhir/".length()))
                    .findFirst();
        }
    }

    private static final Set<String> PLAIN =
            Set.of("token", "string", "date", "reference", "quantity", "number", "uri");
    private static final List<String> VALUES_OF_TOKENS =
            List.of("secret-code", "urn:test:codes|secret-code", "final", "active", "female", "true", "unknown");
    private static final List<String> VALUES_OF_STRINGS = List.of("Secretive", "Se", "Anders", "A", "x");
    private static final List<String> VALUES_OF_DATES = List.of("ge1980", "2001-02-03", "lt2001-02-04", "ge2001-02-03");
    private static final List<String> CONTROLS =
            List.of("_count=1", "_count=3", "_sort=_id", "_sort=-_lastUpdated", "_elements=id", "_summary=true");

    private final Random random;
    private final List<String> types;
    private final List<String> hiddenTypes;
    private final List<String> hidden;
    private final List<String> ids;
    private final Map<String, List<Map.Entry<String, String>>> parameters = new HashMap<>();

    /**
     * A generator.
     *
     * @param hidden the resources that must not be told of, such as {@code Observation/secret}
     */
    RandomRequests(long seed, JsonNode capabilities, List<String> hidden) {
        this.random = new Random(seed);
        this.types = new ArrayList<>();
        for (var resource : capabilities.at("/rest/0/resource")) {
            var type = resource.path("type").asText();
            var known = new ArrayList<Map.Entry<String, String>>();
            for (var parameter : resource.path("searchParam")) {
                if (PLAIN.contains(parameter.path("type").asText())) {
                    known.add(Map.entry(
                            parameter.path("name").asText(),
                            parameter.path("type").asText()));
                }
            }
            if (!known.isEmpty()) {
                types.add(type);
                parameters.put(type, known);
            }
        }
        this.hidden = List.copyOf(hidden);
        this.hiddenTypes =
                hidden.stream().map(one -> one.substring(0, one.indexOf('/'))).toList();
        this.ids = new ArrayList<>(hidden);
        ids.addAll(List.of("Patient/alice", "Patient/nobody", "Observation/nobody", "Practitioner/dr-adams"));
    }

    Question next() {
        var type = random.nextInt(3) == 0 ? any(types) : any(hiddenTypes);
        return switch (random.nextInt(16)) {
            case 0 -> get(any(ids));
            case 1 -> get(any(ids) + "/_history/" + (1 + random.nextInt(2)));
            case 2 -> get(any(ids) + "/_history");
            case 3 -> get(any(List.of("Patient/secret", "Patient/nobody")) + "/$everything");
            case 4 -> get(type + "?" + chain(type));
            case 5 -> get("Patient?" + has());
            case 6 -> get(type + "?" + plain(type) + "&" + inclusion());
            case 7 -> get(type + "?" + plain(type) + "&" + any(CONTROLS));
            case 8 -> write();
            case 9 ->
                new Question(
                        "POST",
                        type + "/_search",
                        "application/x-www-form-urlencoded",
                        plain(type) + "&" + any(CONTROLS));
            case 10 -> get(type + "?" + modified(type) + "&" + any(CONTROLS));
            case 11 -> get(type + "?_count=1&_sort=" + any(List.of("-_lastUpdated", "_id", "-_id")));
            case 12 -> batch(List.of(any(ids), type + "?" + modified(type) + "&_count=1", type + "?" + chain(type)));
            default -> get(type + "?" + plain(type) + (random.nextBoolean() ? "" : "&" + plain(type)));
        };
    }

    private Question write() {
        var path = random.nextInt(4) == 0 ? "Observation/nobody" : any(hidden);
        var id = path.substring(path.indexOf('/') + 1);
        var type = path.substring(0, path.indexOf('/'));
        // a resource of a stranger, or one that refers to what is hidden: refused whatever is there
        return switch (random.nextInt(4)) {
            case 0, 1 ->
                new Question(
                        "PUT",
                        path,
                        FhirSession.FHIR_JSON,
                        "{\"resourceType\": \"" + type + "\", \"id\": \"" + id + "\"}");
            case 2 ->
                new Question("POST", "DocumentReference", FhirSession.FHIR_JSON, """
                        {"resourceType": "DocumentReference", "status": "current", "subject": {"reference": "Patient/alice"},
                         "content": [{"attachment": {"url": "Binary/%s"}}]}""".formatted(
                                any(List.of("secret-file", "nobody"))));
            default ->
                new Question("POST", "Observation", FhirSession.FHIR_JSON, """
                        {"resourceType": "Observation", "status": "final", "subject": {"reference": "Patient/alice"},
                         "code": {"text": "x"}, "derivedFrom": [{"reference": "Observation/%s"}]}""".formatted(
                                any(List.of("secret-observation", "nobody"))));
        };
    }

    private Question batch(List<String> urls) {
        var entries = urls.stream()
                .map(url -> "{\"request\": {\"method\": \"GET\", \"url\": \"" + url + "\"}}")
                .collect(Collectors.joining(", "));
        return new Question(
                "POST",
                "",
                FhirSession.FHIR_JSON,
                "{\"resourceType\": \"Bundle\", \"type\": \"batch\", \"entry\": [" + entries + "]}");
    }

    private String modified(String type) {
        var asked = plain(type);
        var name = asked.substring(0, asked.indexOf('='));
        return name.startsWith("_")
                ? asked
                : random.nextBoolean()
                        ? name + ":missing=" + random.nextBoolean()
                        : name + ":not" + asked.substring(name.length());
    }

    private String chain(String type) {
        var reference = any(references(type));
        var target = any(List.of("Patient", "Encounter", "Observation", "Practitioner", "Organization"));
        return random.nextBoolean()
                ? reference + ":" + target + "." + plain(target)
                : any(List.of("patient", "subject", reference)) + "." + plain("Patient");
    }

    private String has() {
        var type = any(hiddenTypes);
        return "_has:" + type + ":" + any(List.of("patient", "subject", any(references(type)))) + ":" + plain(type);
    }

    private String inclusion() {
        var type = any(hiddenTypes);
        return any(List.of("_include", "_revinclude", "_include:iterate", "_revinclude:iterate")) + "=" + type + ":"
                + any(references(type));
    }

    private List<String> references(String type) {
        var found = known(type).stream()
                .filter(parameter -> parameter.getValue().equals("reference"))
                .map(Map.Entry::getKey)
                .toList();
        return found.isEmpty() ? List.of("patient") : found;
    }

    private String plain(String type) {
        var parameter = any(known(type));
        var value = switch (parameter.getValue()) {
            case "token" -> any(VALUES_OF_TOKENS);
            case "string" -> any(VALUES_OF_STRINGS);
            case "date" -> any(VALUES_OF_DATES);
            case "reference" -> any(ids);
            case "quantity", "number" -> "gt1";
            default -> any(List.of("urn:test:secret", "Binary/secret-file"));
        };
        var asked = parameter.getKey().equals("_id") ? "secret,alice,secret-observation" : value;
        return parameter.getKey() + "=" + URLEncoder.encode(asked, StandardCharsets.UTF_8);
    }

    private List<Map.Entry<String, String>> known(String type) {
        return Optional.ofNullable(parameters.get(type)).orElseThrow();
    }

    private static Question get(String path) {
        return new Question("GET", path, "", "");
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
