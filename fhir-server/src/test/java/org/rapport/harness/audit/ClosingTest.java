package org.rapport.harness.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rapport.harness.audit.Exchange.Line;
import org.rapport.harness.audit.Recorded.Deed;
import org.rapport.harness.audit.Recorded.Entity;

class ClosingTest {

    private static final String ALICE = "{\"resourceType\": \"Patient\", \"id\": \"alice\"}";
    private static final Exchange READ = get("Patient/alice", 200, ALICE);
    private static final Recorded READ_ROW = row("read", 200, entity("Patient", "alice", "alice"));
    private static final Exchange WRITE = new Exchange(
            "r1", new Line("PUT", "Observation/o", ""), "{\"subject\": {\"reference\": \"Patient/bob\"}}", 200, "");
    private static final Recorded WRITE_ROW = row("update", 200, version("Observation", "o", 2, "bob"));

    @Test
    void isContentWithOneRowOfARead() {
        assertThat(faults(READ, READ_ROW)).isEmpty();
    }

    @Test
    void missesTheRowOfARead() {
        assertThat(faults(READ)).singleElement().asString().contains("GET /Patient/alice", "r1", "has no row");
    }

    @Test
    void findsAReadThatIsRecordedTwice() {
        assertThat(faults(READ, READ_ROW, READ_ROW)).singleElement().asString().contains("twice");
    }

    @Test
    void findsARowOfNobodyBesideThatOfAPatient() {
        assertThat(faults(READ, READ_ROW, row("read", 200, entity("Patient", "alice", ""))))
                .singleElement()
                .asString()
                .contains("of nobody");
    }

    @Test
    void findsRowsOfSomethingElse() {
        assertThat(faults(READ, row("read", 200, entity("Patient", "alice", "bob"))))
                .hasSize(2)
                .anySatisfy(fault -> assertThat(fault).contains("shows alice, of whom no row tells"))
                .anySatisfy(fault -> assertThat(fault).contains("asked and told nothing"));
        assertThat(faults(READ, row("delete", 200, entity("Patient", "alice", "alice"))))
                .singleElement()
                .asString()
                .contains("is not");
        assertThat(faults(READ, row("read", 200, entity("Patient", "other", "alice"))))
                .singleElement()
                .asString()
                .contains("is not");
    }

    @Test
    void wantsARowOfASearchForEachPatientThatItShows() {
        var search = get("Observation", 200, """
                {"resourceType": "Bundle", "entry": [
                  {"resource": {"resourceType": "Observation", "subject": {"reference": "Patient/alice"}}},
                  {"resource": {"resourceType": "Observation", "subject": {"reference": "Patient/alice"}}},
                  {"resource": {"resourceType": "Observation", "subject": {"reference": "Patient/bob"}}}]}""");
        var ofAlice = row("search-type", 200, entity("Observation", "", "alice"));
        var ofBob = row("search-type", 200, entity("Observation", "", "bob"));

        assertThat(faults(search, ofAlice, ofBob)).isEmpty();
        assertThat(faults(search, ofAlice)).singleElement().asString().contains("shows bob");
        assertThat(faults(search, ofAlice, ofBob, ofBob))
                .singleElement()
                .asString()
                .contains("twice");
    }

    @Test
    void wantsOneRowOfNobodyWhereNothingIsFound() {
        var search = get("Observation", 200, "{\"resourceType\": \"Bundle\"}");
        var ofNobody = row("search-type", 200, entity("Observation", "", ""));
        assertThat(faults(search, ofNobody)).isEmpty();
        assertThat(faults(search, ofNobody, ofNobody)).isNotEmpty();
    }

    @Test
    void wantsARowForEachVersionOfAWrite() {
        var besides = row("create", 200, version("Task", "t", 1, "bob"));
        assertThat(faults(WRITE, WRITE_ROW, besides)).isEmpty();
        assertThat(faults(WRITE, besides)).isNotEmpty();
        assertThat(faults(WRITE, WRITE_ROW, WRITE_ROW))
                .singleElement()
                .asString()
                .contains("twice");
        assertThat(faults(WRITE, WRITE_ROW, row("update", 200, entity("Observation", "o", "bob"))))
                .singleElement()
                .asString()
                .contains("as a write and as a request");
    }

    @Test
    void wantsARowOfABundleAndThoseOfItsEntries() {
        var batch = new Exchange("r1", new Line("POST", "", ""), """
                        {"resourceType": "Bundle", "entry": [
                          {"request": {"method": "GET", "url": "Patient/alice"}},
                          {"request": {"method": "GET", "url": "Patient/bob"}},
                          {"request": {"method": "POST", "url": "Task"}, "resource": {"for": {"reference": "Patient/bob"}}}]}""", 200, """
                        {"resourceType": "Bundle", "entry": [
                          {"resource": %s, "response": {"status": "200 OK"}},
                          {"response": {"status": "404 Not Found"}},
                          {"response": {"status": "201 Created"}}]}""".formatted(ALICE));
        var itself = row("transaction", 200, entity("", "", ""));
        var hidden = row("read", 404, entity("Patient", "bob", ""));
        var made = row("create", 200, version("Task", "t", 1, "bob"));

        assertThat(faults(batch, itself, READ_ROW, hidden, made)).isEmpty();
        assertThat(faults(batch, READ_ROW, hidden, made))
                .singleElement()
                .asString()
                .contains("not one row of itself");
        assertThat(faults(batch, itself, itself, READ_ROW, hidden, made)).isNotEmpty();
        assertThat(faults(batch, itself, READ_ROW, made))
                .singleElement()
                .asString()
                .contains("GET /Patient/bob", "has no row");
        assertThat(faults(batch, itself, READ_ROW, READ_ROW, hidden, made)).isNotEmpty();
        assertThat(faults(batch, itself, READ_ROW, hidden, made, row("read", 200, entity("Patient", "x", ""))))
                .singleElement()
                .asString()
                .contains("no entry");
    }

    @Test
    void tellsEntriesThatAskTheSameApartByWhatTheyMade() {
        var transaction = new Exchange("r1", new Line("POST", "", ""), """
                        {"resourceType": "Bundle", "entry": [
                          {"request": {"method": "POST", "url": "Patient"}},
                          {"request": {"method": "POST", "url": "Patient"}}]}""", 200, """
                        {"resourceType": "Bundle", "entry": [
                          {"response": {"status": "201 Created", "location": "Patient/first/_history/1"}},
                          {"response": {"status": "201 Created", "location": "Patient/second/_history/1"}}]}""");
        var itself = row("transaction", 200, entity("", "", ""));
        var first = row("create", 200, version("Patient", "first", 1, "first"));
        var second = row("create", 200, version("Patient", "second", 1, "second"));
        assertThat(faults(transaction, itself, first, second)).isEmpty();
        assertThat(faults(transaction, itself, first, row("create", 200, version("Patient", "third", 1, "third"))))
                .singleElement()
                .asString()
                .contains("POST /Patient/second", "has no row");
        var known = row("create", 200, entity("Patient", "second", "second"));
        assertThat(faults(transaction, itself, first, known)).isEmpty();
    }

    @Test
    void knowsAPatientWhomAnotherEntryMakes() {
        var transaction = new Exchange("r1", new Line("POST", "", ""), """
                        {"resourceType": "Bundle", "entry": [
                          {"fullUrl": "urn:uuid:1", "request": {"method": "POST", "url": "Patient"}},
                          {"request": {"method": "POST", "url": "Task"}, "resource": {"for": {"reference": "urn:uuid:1"}}}]}""", 200, """
                        {"resourceType": "Bundle", "entry": [
                          {"response": {"status": "201 Created", "location": "Patient/made/_history/1"}},
                          {"response": {"status": "201 Created", "location": "Task/t/_history/1"}}]}""");
        var itself = row("transaction", 200, entity("", "", ""));
        var patient = row("create", 200, version("Patient", "made", 1, "made"));
        assertThat(faults(transaction, itself, patient, row("create", 200, version("Task", "t", 1, "made"))))
                .isEmpty();
    }

    @Test
    void wantsOneRowOfARefusalThatNamesNobody() {
        var refused = get("Patient/bob", 404, "");
        assertThat(faults(refused, row("read", 404, entity("Patient", "bob", ""))))
                .isEmpty();
        assertThat(faults(refused)).isNotEmpty();
        assertThat(faults(refused, row("read", 404, entity("Patient", "bob", "bob"))))
                .isNotEmpty();
        assertThat(faults(refused, row("read", 200, entity("Patient", "bob", ""))))
                .isNotEmpty();
        assertThat(faults(
                        refused,
                        row("read", 404, entity("Patient", "bob", "")),
                        row("read", 404, entity("Patient", "bob", ""))))
                .isNotEmpty();
    }

    @Test
    void letsFloodsBeCounted() {
        var stranger = get("Patient/alice", 401, "");
        var other = new Exchange("r2", stranger.line(), "", 401, "");
        var counted = new Recorded("r9", new Deed("read", 401, 2), entity("Patient", "alice", ""), Optional.empty());
        assertThat(new Closing(List.of(stranger, other), Set.of()).faults(List.of(counted)))
                .isEmpty();
        assertThat(new Closing(List.of(stranger, other, stranger), Set.of()).faults(List.of(counted)))
                .isNotEmpty();
        assertThat(faults(stranger, row("read", 401, entity("Patient", "alice", ""))))
                .isEmpty();
        assertThat(faults(stranger)).isNotEmpty();
    }

    @Test
    void findsFailuresThatNobodyAnnounced() {
        var failed = get("Patient/alice", 503, "");
        assertThat(faults(failed)).singleElement().asString().contains("did not announce");
        assertThat(new Closing(List.of(failed), Set.of(503)).faults(List.of())).isEmpty();
        assertThat(new Closing(List.of(failed), Set.of(500)).faults(List.of())).isNotEmpty();
    }

    @Test
    void wantsNoRowOfWhatIsPublishedAsLeftOut() {
        assertThat(faults(get("metadata", 200, ""))).isEmpty();
        assertThat(faults(get("metadata", 200, ""), row("search-type", 200, entity("", "", ""))))
                .isNotEmpty();
        assertThat(faults(get("metadata", 400, ""))).isNotEmpty();
    }

    private static List<String> faults(Exchange exchange, Recorded... rows) {
        return new Closing(List.of(exchange), Set.of()).faults(List.of(rows));
    }

    private static Exchange get(String path, int status, String answer) {
        return new Exchange("r1", new Line("GET", path, ""), "", status, answer);
    }

    private static Recorded row(String interaction, int status, Entity entity) {
        return new Recorded("r1", new Deed(interaction, status, 1), entity, Optional.empty());
    }

    private static Entity entity(String type, String id, String patient) {
        var texts = Stream.of(type, id, patient)
                .map(text -> Optional.of(text).filter(given -> !given.isEmpty()))
                .toList();
        return new Entity(texts.get(0), texts.get(1), Optional.empty(), texts.get(2));
    }

    private static Entity version(String type, String id, long version, String patient) {
        return new Entity(Optional.of(type), Optional.of(id), Optional.of(version), Optional.of(patient));
    }
}
