package org.rapport.server.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads what the first form of one of our own pages sends: hidden fields, what is ticked and what can be chosen. */
final class HtmlForm {

    private static final Pattern SENT =
            Pattern.compile("<input[^>]*type=\"(?:hidden\"|checkbox\"[^>]*\\bchecked\\b)[^>]*>");
    private static final Pattern BUTTON = Pattern.compile("<button[^>]*>");
    private static final Pattern END = Pattern.compile("</form>");
    private static final Pattern NAME = Pattern.compile("\\bname=\"([^\"]*)\"");
    private static final Pattern VALUE = Pattern.compile("\\bvalue=\"([^\"]*)\"");

    private HtmlForm() {}

    /** Names and values in their order. */
    static List<Map.Entry<String, String>> hiddenFields(String html) {
        return SENT.matcher(END.split(html, 2)[0])
                .results()
                .map(input -> Map.entry(attribute(NAME, input.group()), attribute(VALUE, input.group())))
                .toList();
    }

    /** What the first button of that name sends; empty where there is none. */
    static Optional<String> firstChoice(String html, String name) {
        return BUTTON.matcher(END.split(html, 2)[0])
                .results()
                .map(MatchResult::group)
                .filter(button -> attribute(NAME, button).equals(name))
                .map(button -> attribute(VALUE, button))
                .findFirst();
    }

    private static String attribute(Pattern pattern, String tag) {
        var matcher = pattern.matcher(tag);
        return matcher.find() ? plain(matcher.group(1)) : "";
    }

    private static String plain(String text) {
        return text.replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
