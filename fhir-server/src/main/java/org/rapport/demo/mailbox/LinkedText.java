package org.rapport.demo.mailbox;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A piece of plain text, or a link found in it.
 *
 * @param link whether the text is an address to go to
 */
record LinkedText(String text, boolean link) {

    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"']*[^\\s<>\"'.,;:!?)\\]]");

    /** The whole text in pieces. */
    static List<LinkedText> of(String text) {
        var pieces = new ArrayList<LinkedText>();
        var links = LINK.matcher(text);
        int end = 0;
        while (links.find()) {
            if (links.start() > end) {
                pieces.add(new LinkedText(text.substring(end, links.start()), false));
            }
            pieces.add(new LinkedText(links.group(), true));
            end = links.end();
        }
        if (end < text.length()) {
            pieces.add(new LinkedText(text.substring(end), false));
        }
        return pieces;
    }
}
