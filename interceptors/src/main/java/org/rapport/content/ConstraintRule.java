package org.rapport.content;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether the constraint of a profile is one that whoever validates by it may run: one that repeats nothing by itself, without
 * patterns, or with patterns that take a time in proportion to the text. Nothing stops a pattern once it runs.
 *
 * @see <a href="https://hl7.org/fhirpath/N1/#string-manipulation">FHIRPath, string manipulation</a>
 */
public final class ConstraintRule {

    private static final int LONGEST = 1_000;

    /** A string, the beginning of a comment, or another character. */
    private static final Pattern TOKEN = Pattern.compile("'((?:[^'\\\\]|\\\\.)*+)'|//|/\\*|.", Pattern.DOTALL);

    /** An escape that does not stand for another character than the one after it. */
    private static final Pattern PLAIN_TEXT = Pattern.compile("(?:[^\\\\]|\\\\[\\\\'\"/])*+", Pattern.DOTALL);

    /**
     * Whatever could be the name of a function that runs a pattern, or another function again and again; a name in backticks
     * can be written in many ways.
     */
    private static final Pattern NAME = Pattern.compile("(?i)matches|repeat|aggregate|`");

    private static final Pattern CALL =
            Pattern.compile("(?:matches|matchesFull|replaceMatches)\\(\\s*'(\\d+)'\\s*[,)]");

    /** Goes down the elements of a resource, which come to an end. */
    private static final Pattern DOWN = Pattern.compile("\\brepeat\\(\\s*[A-Za-z]+(?:\\.[A-Za-z]+)*\\s*\\)");

    private static final String ONE =
            "(?:\\\\[^0-9a-zA-Z]|\\\\[dDwWsS]|\\[\\^?(?:\\\\[^QE]|[^\\\\\\[\\]&])++\\]|[^\\\\\\[\\](){}*+?|^$])";
    private static final String ONE_OR_GROUPED = "(?:" + ONE + "|\\(" + ONE + "\\))";
    private static final String SOME = "(?:" + ONE_OR_GROUPED + "(?:\\{\\d{1,3}\\})?+)*+";
    private static final String REPETITION = "(?:[*+]|\\{\\d{1,3},\\d{0,3}\\})";

    /** What is of a fixed length but for one repetition, which backtracks over nothing else. */
    private static final Pattern PLAIN = Pattern.compile("\\^?+(?:" + ONE_OR_GROUPED + "(?:\\{\\d{1,3}\\})?+(?!"
            + REPETITION + "))*+(?:" + ONE_OR_GROUPED + REPETITION + ")?+" + SOME + "\\$?+");

    private static final Pattern ENDLESS = Pattern.compile("[*+]|,\\}");

    private static final Pattern COUNT = Pattern.compile("\\{(?:\\d{1,3},)?(\\d{1,3})\\}");

    private ConstraintRule() {}

    /** Whether a FHIRPath expression runs no pattern but plain ones, and repeats nothing without end. */
    public static boolean allows(String expression) {
        var code = new StringBuilder();
        var texts = new ArrayList<String>();
        return isRead(expression, code, texts)
                && !NAME.matcher(
                                DOWN.matcher(CALL.matcher(code).replaceAll(" ")).replaceAll(" "))
                        .find()
                && CALL.matcher(code)
                        .results()
                        .map(call -> texts.get(Integer.parseInt(call.group(1))))
                        .allMatch(text -> PLAIN_TEXT.matcher(text).matches() && isPlain(unescaped(text)));
    }

    /** Whether the time of a pattern grows with the text and no faster. */
    public static boolean isPlain(String pattern) {
        boolean bounded = pattern.startsWith("^") || !ENDLESS.matcher(pattern).find();
        int steps = COUNT.matcher(pattern)
                .results()
                .mapToInt(count -> Integer.parseInt(count.group(1)))
                .sum();
        return pattern.length() <= LONGEST
                && bounded
                && steps <= LONGEST
                && PLAIN.matcher(pattern).matches();
    }

    /**
     * Takes the strings out, in whose place come their numbers. Comments are not read: they are written to mislead.
     *
     * @return false where there are comments, or a string does not end
     */
    private static boolean isRead(String expression, StringBuilder code, List<String> texts) {
        var token = TOKEN.matcher(expression);
        while (token.find()) {
            if (token.group(1) != null) {
                code.append('\'').append(texts.size()).append('\'');
                texts.add(token.group(1));
            } else if (token.group().length() > 1 || token.group().equals("'")) {
                return false;
            } else {
                code.append(token.group());
            }
        }
        return true;
    }

    private static String unescaped(String text) {
        return text.replaceAll("\\\\(.)", "$1");
    }
}
