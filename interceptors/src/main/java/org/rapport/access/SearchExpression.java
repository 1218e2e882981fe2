package org.rapport.access;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a search parameter looks at. An expression that does not say plainly which elements it takes counts as looking at all
 * of them.
 *
 * @param type the resource type that is searched
 * @param text FHIRPath, alternatives for other types included
 */
public record SearchExpression(String type, String text) {

    private static final Pattern QUOTED = Pattern.compile("'[^'\\\\]*'");
    private static final Pattern TYPES =
            Pattern.compile("\\b(is|as)\\s+[A-Za-z.]+|\\b(is|as|ofType)\\s*\\([A-Za-z.]+\\)");
    private static final Pattern UNCLEAR = Pattern.compile(
            "[%$`{'\"]|\\b(children|descendants|repeat|extension|modifierExtension|contained|trace)\\b");
    private static final Pattern LEAVES = Pattern.compile("\\bresolve\\s*\\(\\s*\\)\\s*[.\\[]");
    private static final Pattern STEP = Pattern.compile("\\s*\\.\\s*([A-Za-z][A-Za-z0-9]*)\\b(?!\\s*\\()");

    /** Whether the parameter may tell something of one of these elements of the resource. */
    public boolean touches(Set<String> elements) {
        var plain = TYPES.matcher(QUOTED.matcher(text).replaceAll(" ")).replaceAll(" ");
        return UNCLEAR.matcher(plain).find()
                || LEAVES.matcher(plain).find()
                || elements.stream().anyMatch(element -> names(plain, element))
                || !takesElements(plain);
    }

    /** By itself, or with the type of its value, as {@code valueQuantity}. */
    private static boolean names(String text, String element) {
        return Pattern.compile("\\b" + element + "([A-Z][A-Za-z0-9]*)?\\b")
                .matcher(text)
                .find();
    }

    /** Whether it speaks of the type, and wherever it does takes one element of it. */
    private boolean takesElements(String text) {
        var subject = Pattern.compile("(?<![.A-Za-z0-9])(" + type + "|DomainResource|Resource)\\b")
                .matcher(text);
        boolean speaks = false;
        while (subject.find()) {
            var step = STEP.matcher(text).region(subject.end(), text.length());
            if (!step.lookingAt() || step.group(1).equals("text")) {
                return false;
            }
            speaks = true;
        }
        return speaks;
    }
}
