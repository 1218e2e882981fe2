package org.rapport.content;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.utilities.xhtml.NodeType;
import org.hl7.fhir.utilities.xhtml.XhtmlNode;

/**
 * Takes out of a narrative what {@link NarrativeRule} does not allow, and leaves the rest as it is.
 *
 * <p>A sanitiser of HTML would read text once more, by other rules than those by which HAPI writes it: what is allowed is judged
 * on the tree that is stored.
 */
public final class NarrativeSanitiser {

    private static final String ROOT = "div";

    /** Elements that run or load something, ask for something, or hold what no reader shows. */
    private static final Set<String> DROPPED = Set.of("""
            script style head title meta link base template slot noscript noframes noembed comment xml
            iframe frame frameset object embed applet param portal audio video source track canvas svg math
            input button select option optgroup datalist textarea output progress meter keygen isindex dialog
            """.strip().split("\\s+"));

    private NarrativeSanitiser() {}

    /**
     * Leaves of a narrative what is allowed. Elements that only wrap others give way to what they wrap.
     *
     * @return whether there is still something to read or to look at, as FHIR demands (constraint txt-2)
     */
    public static boolean sanitise(XhtmlNode div) {
        var kept = new ArrayList<XhtmlNode>();
        addAllowed(div, kept);
        if (!kept.equals(List.of(div))) {
            div.setName(ROOT);
            div.getAttributes().keySet().retainAll(Set.of("xmlns"));
            replaceChildren(div, kept);
        }
        return isSeen(div);
    }

    private static void addAllowed(XhtmlNode node, List<XhtmlNode> kept) {
        switch (node.getNodeType()) {
            case Element -> addAllowedElement(node, kept);
            case CData -> kept.add(new XhtmlNode(NodeType.Text).setContent(node.getContent()));
            default -> {
                if (NarrativeRule.allows(node)) {
                    kept.add(node);
                }
            }
        }
    }

    private static void addAllowedElement(XhtmlNode element, List<XhtmlNode> kept) {
        var name = element.getName().toLowerCase(Locale.ROOT);
        if (DROPPED.contains(name)) {
            return;
        }
        if (!NarrativeRule.allowsElement(name)) {
            element.getChildNodes().forEach(child -> addAllowed(child, kept));
            return;
        }
        element.setName(name);
        element.getAttributes().computeIfPresent("style", (key, style) -> allowedStyles(style));
        element.getAttributes()
                .entrySet()
                .removeIf(attribute -> !NarrativeRule.allowsAttribute(name, attribute.getKey(), attribute.getValue()));
        var children = new ArrayList<XhtmlNode>();
        element.getChildNodes().forEach(child -> addAllowed(child, children));
        replaceChildren(element, children);
        kept.add(element);
    }

    private static String allowedStyles(String style) {
        return Arrays.stream(style.split(";", -1))
                .filter(NarrativeRule::allowsStyle)
                .collect(joining(";"));
    }

    private static void replaceChildren(XhtmlNode element, List<XhtmlNode> children) {
        if (element.hasChildren()) {
            element.getChildNodes().clear();
            element.getChildNodes().addAll(children);
        }
    }

    private static boolean isSeen(XhtmlNode node) {
        return switch (node.getNodeType()) {
            case Text -> !node.getContent().isBlank();
            case Element ->
                (node.getName().equals("img") && hasPictureOrText(node))
                        || node.getChildNodes().stream().anyMatch(NarrativeSanitiser::isSeen);
            default -> false;
        };
    }

    private static boolean hasPictureOrText(XhtmlNode picture) {
        return picture.hasAttribute("src")
                || Optional.ofNullable(picture.getAttribute("alt"))
                        .filter(text -> !text.isBlank())
                        .isPresent();
    }
}
