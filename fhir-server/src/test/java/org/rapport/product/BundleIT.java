package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;

class BundleIT {

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static FhirSession fhir;

    @BeforeAll
    static void start() {
        fhir = SHARED.session("demo-backend");
    }

    @ParameterizedTest(name = "life {0} with {1} visits")
    @CsvSource({"1, 33", "2, 45", "3, 61"})
    void isStoredWholeReadAndFoundAgain(long seed, int visits) {
        var history = PatientHistory.of(seed, visits);
        var answer = FhirSession.json(fhir.post("", history.bundle()));
        assertThat(StreamSupport.stream(answer.path("entry").spliterator(), false)
                        .map(entry -> entry.at("/response/status").asText()))
                .hasSize(history.counts().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .allMatch(status -> status.startsWith("201"));

        assertThat(StreamSupport.stream(answer.path("entry").spliterator(), false)
                        .map(entry -> entry.at("/response/location").asText())
                        .map(location -> fhir.get(location.replaceAll("/_history/.*", ""))
                                .statusCode()))
                .allMatch(status -> status == 200);

        var patient = fhir.searchAll("Patient?identifier=urn:rapport:history%7C" + seed)
                .get(0)
                .path("id")
                .asText();
        assertThat(foundFor(patient, history.counts())).isEqualTo(withoutDirectory(history.counts()));
    }

    @Test
    void isNotStoredAtAllWhenOneEntryIsWrong() {
        var bundle = history().replace("\"status\":\"active\"", "\"status\":\"no-such-status\"");
        assertThat(fhir.post("", bundle).statusCode()).isBetween(400, 499);
        assertThat(fhir.searchAll("Patient?identifier=urn:rapport:history%7C99"))
                .isEmpty();
    }

    @Test
    void isFoundOnceOverAllPages() {
        var identifiers =
                IntStream.range(0, 60).mapToObj(number -> "paged-" + number).toList();
        FhirSession.json(fhir.post(
                "",
                TestPatients.transaction(
                        identifiers.stream().map(TestPatients::identified).toList())));

        assertThat(fhir.searchAll("Patient?_count=10&identifier=" + TestPatients.SYSTEM + "%7C").stream()
                        .map(patient -> patient.at("/identifier/0/value").asText())
                        .filter(value -> value.startsWith("paged-")))
                .containsExactlyInAnyOrderElementsOf(identifiers);
        assertThat(fhir.searchAll("Patient?_count=10").stream()
                        .map(patient -> patient.path("id").asText()))
                .hasSizeGreaterThanOrEqualTo(60)
                .doesNotHaveDuplicates();
    }

    @Test
    void isFoundByItsWords() {
        var created = FhirSession.json(fhir.post("Patient", TestPatients.named("Wordily")));
        await().untilAsserted(() ->
                assertThat(fhir.searchAll("Patient?_content=Wordily")).containsExactly(created));
        assertThat(fhir.searchAll("Patient?_content=Wordily&family=Other")).isEmpty();
        assertThat(fhir.get("Patient?_content=Wordily&_sort=family").statusCode())
                .isEqualTo(400);
    }

    @Test
    void isFoundByItsWordsAtOnceThoughTheIndexIsNotOnTheDiskYet() throws IOException {
        long before = indexCommits();
        for (int number = 0; number < 40; number++) {
            var created = FhirSession.json(fhir.post("Patient", TestPatients.named("Atonce" + number)));
            assertThat(fhir.searchAll("Patient?_content=Atonce" + number)).containsExactly(created);
        }
        assertThat(indexCommits() - before).isLessThan(30);
    }

    /** How often the index of resources was brought to the disk: Lucene counts it in the name of a file, to base 36. */
    private static long indexCommits() throws IOException {
        var index = SHARED.server().plan().dataDirectory().resolve("lucene").resolve("ResourceTable");
        try (var files = Files.list(index)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("segments_"))
                    .mapToLong(name -> Long.parseLong(name.substring("segments_".length()), 36))
                    .max()
                    .orElseThrow();
        }
    }

    private static String history() {
        return PatientHistory.of(99, 8).bundle();
    }

    private static Map<String, Integer> foundFor(String patient, Map<String, Integer> types) {
        return withoutDirectory(types).keySet().stream()
                .collect(Collectors.toMap(
                        type -> type,
                        type -> fhir.searchAll(
                                        type + (type.equals("Patient") ? "?_id=" : "?_count=200&patient=") + patient)
                                .size()));
    }

    private static Map<String, Integer> withoutDirectory(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .filter(entry -> !entry.getKey().matches("Organization|Practitioner"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
