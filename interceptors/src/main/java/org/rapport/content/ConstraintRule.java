package org.rapport.content;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Whether the constraint of a profile is one that whoever validates by it may run: one without patterns, or with patterns
 * that take a time in proportion to the text. Nothing stops a pattern once it runs.
 *
 * @see <a href="https://hl7.org/fhirpath/N1/#string-manipulation">FHIRPath, string manipulation</a>
 */
public final class ConstraintRule {

    private static final int LONGEST = 1_000;

    /** Whatever could be the name of a function that runs a pattern; a name in backticks can be written in many ways. */
    private static final Pattern NAME = Pattern.compile("(?i)matches|`");

    private static final Pattern CALL =
            Pattern.compile("(?:matches|matchesFull|replaceMatches)\\(\\s*'((?:[^'\\\\]|\\\\[\\\\'\"/])*+)'\\s*[,)]");

    private static final String ONE =
            "(?:\\\\[^0-9a-zA-Z]|\\\\[dDwWsS]|\\[\\^?(?:\\\\[^QE]|[^\\\\\\[\\]&])++\\]|[^\\\\\\[\\](){}*+?|^$])";
    private static final String ONE_OR_GROUPED = "(?:" + ONE + "|\\(" + ONE + "\\))";
    private static final String SOME = "(?:" + ONE_OR_GROUPED + "(?:\\{\\d{1,3}\\})?+)*+";
    private static final String REPETITION = "(?:[*+]|\\{\\d{1,3},\\d{0,3}\\})";

    /** What is of a fixed length but for one repetition, which backtracks over nothing else. */
    private static final Pattern PLAIN = Pattern.compile("\\^?+(?:" + ONE_OR_GROUPED + "(?:\\{\\d{1,3}\\})?+(?!"
            + REPETITION + "))*+(?:" + ONE_OR_GROUPED + REPETITION + ")?+" + SOME + "\\$?+");

    private static final Pattern ENDLESS = Pattern.compile("[*+]|,\\}");

    private ConstraintRule() {}

    /** Whether a FHIRPath expression runs no pattern but plain ones. */
    public static boolean allows(String expression) {
        return !NAME.matcher(CALL.matcher(expression).replaceAll("")).find()
                && CALL.matcher(expression)
                        .results()
                        .map(ConstraintRule::pattern)
                        .allMatch(ConstraintRule::isPlain);
    }

    /** Whether the time of a pattern grows with the text and no faster. */
    public static boolean isPlain(String pattern) {
        boolean bounded = pattern.startsWith("^") || !ENDLESS.matcher(pattern).find();
        return pattern.length() <= LONGEST && bounded && PLAIN.matcher(pattern).matches();
    }

    /** Without the escapes of a string. */
    private static String pattern(MatchResult call) {
        return call.group(1).replaceAll("\\\\(.)", "$1");
    }
}
