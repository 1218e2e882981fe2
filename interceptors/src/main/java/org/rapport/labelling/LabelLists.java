package org.rapport.labelling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rapport.consent.DataScope.Code;
import org.rapport.consent.Labels.Confidentiality;

/**
 * Which codes make a resource sensitive, and how confidential.
 *
 * @param lines each names a label for some codes of one system
 */
public record LabelLists(List<Line> lines) {

    private static final Pattern COLUMNS = Pattern.compile("\\s*\\|\\s*");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern LABEL = Pattern.compile("[A-Z]{2,20}");

    /** Keeps its own copy. */
    public LabelLists {
        lines = List.copyOf(lines);
    }

    /**
     * Codes with one label.
     *
     * @param label code of v3-ActCode
     * @param confidentiality of what holds one of the codes
     * @param system of the codes
     * @param codes each as it is, or with an asterisk at the end for all that begin like it
     */
    public record Line(String label, Confidentiality confidentiality, String system, Set<String> codes) {

        /** Keeps its own copy. */
        public Line {
            codes = Set.copyOf(codes);
        }

        boolean holds(Code code) {
            return system.equals(code.system()) && codes.stream().anyMatch(listed -> matches(listed, code.code()));
        }

        private static boolean matches(String listed, String code) {
            return listed.endsWith("*")
                    ? code.startsWith(listed.substring(0, listed.length() - 1))
                    : code.equals(listed);
        }
    }

    /** The lists that come with the server. */
    public static LabelLists shipped() {
        try (var in = LabelLists.class.getResourceAsStream("labels.txt")) {
            if (in == null) {
                throw new IllegalStateException("labels.txt is not in the jar.");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The lists in files, in the form of those shipped.
     *
     * @throws IllegalArgumentException for a line that is no list, with what to write
     */
    public static LabelLists read(Collection<Path> files) {
        var lines = new ArrayList<Line>();
        for (var file : files) {
            try {
                lines.addAll(parse(Files.readString(file)).lines());
            } catch (IOException e) {
                throw new IllegalArgumentException("Cannot read the label list " + file + ".", e);
            }
        }
        return new LabelLists(lines);
    }

    static LabelLists parse(String text) {
        return new LabelLists(text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(LabelLists::line)
                .toList());
    }

    private static Line line(String text) {
        var columns = COLUMNS.split(text.strip(), -1);
        if (columns.length != 4 || !LABEL.matcher(columns[0]).matches() || columns[3].isEmpty()) {
            throw malformed(text);
        }
        var confidentiality = Confidentiality.of(columns[1]).orElseThrow(() -> malformed(text));
        return new Line(
                columns[0],
                confidentiality,
                columns[2],
                BLANKS.splitAsStream(columns[3]).collect(Collectors.toSet()));
    }

    private static IllegalArgumentException malformed(String line) {
        return new IllegalArgumentException("\"" + line
                + "\" is no list of labelled codes; write it as HIV | R | http://loinc.org | 75622-1 56888-1.");
    }

    /** The labels of what holds these codes: sensitivities and, where there is one, the highest confidentiality. */
    public Set<String> labels(Collection<Code> codes) {
        var labels = new TreeSet<String>();
        Confidentiality highest = Confidentiality.U;
        for (var line : lines) {
            if (codes.stream().anyMatch(line::holds)) {
                labels.add(line.label());
                highest = highest.compareTo(line.confidentiality()) < 0 ? line.confidentiality() : highest;
            }
        }
        if (!labels.isEmpty()) {
            labels.add(highest.name());
        }
        return labels;
    }
}
