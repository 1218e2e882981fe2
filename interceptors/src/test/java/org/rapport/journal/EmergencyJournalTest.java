package org.rapport.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rapport.testing.OwnThread;

class EmergencyJournalTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00.123456Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    private Path folder;

    @Test
    void keepsAllOfEachRowInOrderForItsOwnerAlone() throws IOException {
        var journal = new EmergencyJournal(folder.resolve("journal"), CLOCK);
        journal.append(TestRows.of("one", 2));
        journal.append(TestRows.of("two", 1));

        var lines = JournalContent.of(file(journal)).lines();
        assertThat(lines).extracting(JournalLine::number).containsExactly(1L, 2L, 3L);
        assertThat(lines).extracting(JournalLine::time).containsOnly(NOW);
        assertThat(lines)
                .extracting(JournalLine::entry)
                .containsExactlyElementsOf(Stream.of(TestRows.of("one", 2), TestRows.of("two", 1))
                        .flatMap(List::stream)
                        .toList());
        assertThat(Files.getPosixFilePermissions(file(journal)))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void passesOverWhatACrashHasCutOff() throws IOException {
        var journal = new EmergencyJournal(folder, CLOCK);
        journal.append(TestRows.of("one", 2));
        assertThat(JournalContent.of(file(journal)).cut()).isFalse();
        var whole = Files.readString(file(journal));
        Files.writeString(file(journal), whole.substring(0, 300), StandardOpenOption.APPEND);

        var content = JournalContent.of(file(journal));
        assertThat(content.cut()).isTrue();
        assertThat(content.lines()).hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void findsWhatSomebodyHasChanged(String what, int first, UnaryOperator<List<String>> change) throws IOException {
        var journal = new EmergencyJournal(folder, CLOCK);
        journal.append(TestRows.of("one", 4));
        Files.write(file(journal), change.apply(Files.readAllLines(file(journal))));

        assertThatThrownBy(() -> JournalContent.of(file(journal)))
                .isInstanceOfSatisfying(
                        BrokenJournal.class, broken -> assertThat(broken.line()).isEqualTo(first));
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("a letter", 2, lines -> with(lines, 1, lines.get(1).replace("alice", "alicf"))),
                change("a space", 2, lines -> with(lines, 1, lines.get(1).replace(",\"before\"", ", \"before\""))),
                change(
                        "the hash",
                        4,
                        lines -> with(lines, 3, lines.get(3).replaceFirst("\"hash\":\".", "\"hash\":\"x"))),
                change("a line less at the beginning", 1, lines -> lines.subList(1, 4)),
                change("a line less in the middle", 3, lines -> List.of(lines.get(0), lines.get(1), lines.get(3))),
                change("a line twice", 3, lines -> List.of(lines.get(0), lines.get(1), lines.get(1))),
                change("two lines exchanged", 2, lines -> List.of(lines.get(0), lines.get(2), lines.get(1))));
    }

    private static Arguments change(String what, int first, UnaryOperator<List<String>> change) {
        return Arguments.of(what, first, change);
    }

    private static List<String> with(List<String> lines, int at, String line) {
        var changed = new ArrayList<>(lines);
        changed.set(at, line);
        return changed;
    }

    @Test
    void takesNothingMoreThanThereIsRoomFor() throws IOException {
        var journal = new EmergencyJournal(folder, 2_000, CLOCK);
        journal.append(TestRows.of("one", 1));
        assertThatThrownBy(() -> IntStream.range(0, 10).forEach(request -> journal.append(TestRows.of("more", 1))))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(journal.bytes()).isBetween(2_000L, 3_000L);
        assertThat(JournalContent.of(file(journal)).lines()).hasSizeBetween(2, 9);
    }

    @Test
    void saysWhenTheDiskTakesNothing() throws IOException {
        var journal = new EmergencyJournal(Files.createFile(folder.resolve("no-folder")), CLOCK);
        assertThatThrownBy(() -> journal.append(TestRows.of("one", 1))).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void takesRowsOfManyRequestsAtOnce() throws IOException {
        var journal = new EmergencyJournal(folder, CLOCK);
        var requests = IntStream.range(0, 4)
                .mapToObj(thread -> CompletableFuture.runAsync(
                        () -> IntStream.range(0, 25)
                                .forEach(request -> journal.append(TestRows.of(thread + "-" + request, 2))),
                        OwnThread.EACH))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(requests).join();

        var lines = JournalContent.of(file(journal)).lines();
        assertThat(lines).hasSize(200);
        assertThat(lines.stream().map(line -> line.entry().request()).distinct())
                .hasSize(100);
    }

    @Test
    void neverAddsToWhatAnotherProcessHasLeft() throws IOException {
        new EmergencyJournal(folder, CLOCK).append(TestRows.of("one", 1));
        var next = new EmergencyJournal(folder, CLOCK);
        next.append(TestRows.of("two", 1));

        assertThat(next.files()).hasSize(2);
        for (var file : next.files()) {
            assertThat(JournalContent.of(file).lines()).hasSize(1);
        }
    }

    private static Path file(EmergencyJournal journal) {
        return journal.files().get(0);
    }
}
