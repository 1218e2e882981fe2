package org.rapport.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rapport.chain.Hash;

/**
 * What a journal holds.
 *
 * @param lines in their order, each following the one before it
 * @param cut whether something without an end comes after them: a crash came before it was on the disk, and its answer
 *     never left
 */
record JournalContent(List<JournalLine> lines, boolean cut) {

    /**
     * Reads a file.
     *
     * @throws BrokenJournal when a line is not what was written, or does not follow the one before it
     */
    static JournalContent of(Path file) throws IOException {
        var texts = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n", -1);
        var lines = new ArrayList<JournalLine>();
        var before = Hash.NOTHING;
        for (int at = 0; at < texts.length - 1; at++) {
            int number = at + 1;
            var line = JournalLine.parse(texts[at]).orElseThrow(() -> new BrokenJournal(number));
            boolean follows = line.number() == number
                    && line.before().equals(before)
                    && (lines.isEmpty() || lines.get(0).journal().equals(line.journal()));
            if (!follows) {
                throw new BrokenJournal(number);
            }
            lines.add(line);
            before = line.hash();
        }
        return new JournalContent(List.copyOf(lines), !texts[texts.length - 1].isEmpty());
    }
}
