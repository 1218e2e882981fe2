package org.rapport.content;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.utilities.xhtml.XhtmlNode;
import org.jspecify.annotations.Nullable;

/**
 * Whether a narrative holds nothing but what FHIR lets it hold: formatting, links and pictures that are in it. Stricter than
 * FHIR in two things: styles may neither move nor load anything, and pictures come with the narrative.
 *
 * @see <a href="https://hl7.org/fhir/R4/narrative.html#xhtml">FHIR R4 narrative, XHTML content</a>
 */
public final class NarrativeRule {

    private static final Set<String> ELEMENTS = words("""
            div p br hr h1 h2 h3 h4 h5 h6 a span b i em strong small big tt dfn var abbr acronym cite code samp kbd sub sup
            ins del bdo q blockquote pre address ul ol li dl dt dd
            table caption colgroup col thead tbody tfoot tr th td img map area""");

    private static final Set<String> ATTRIBUTES = words(
            "title class id lang xml:lang dir accesskey tabindex align valign width height border span abbr axis");

    private static final Map<String, Set<String>> OF_ELEMENTS = Map.of(
            "div", words("xmlns"),
            "a", words("href name rel rev hreflang type charset shape coords"),
            "img", words("src alt longdesc usemap ismap hspace vspace"),
            "map", words("name"),
            "area", words("shape coords href nohref alt"),
            "table", words("summary frame rules cellspacing cellpadding bgcolor"),
            "td", words("headers scope rowspan colspan nowrap char charoff bgcolor"),
            "th", words("headers scope rowspan colspan nowrap char charoff bgcolor"),
            "ol", words("type start"),
            "pre", words("space"));

    private static final Set<String> STYLES = words("""
            color background background-color font font-family font-size font-style font-variant font-weight line-height
            letter-spacing word-spacing text-align text-decoration text-indent text-transform vertical-align white-space
            border border-top border-right border-bottom border-left border-color border-style border-width border-collapse
            border-spacing padding padding-top padding-right padding-bottom padding-left margin margin-top margin-right
            margin-bottom margin-left width height max-width min-width list-style list-style-type table-layout""");

    private static final Pattern STYLE_VALUE =
            Pattern.compile("(?:rgba?\\([0-9., %]{1,40}\\)|(?<=\\w)-|[\\w#%.,!'\" ]){1,200}");

    /** A web address, a mail address or a number to call, a place in the document, or a resource of this server. */
    private static final Pattern LINK = Pattern.compile(
            "(?i)(?:https?://|mailto:|tel:)[^\\s\\p{Cntrl}]{1,2000}|#[^\\s\\p{Cntrl}]{0,500}|[\\w./-]{1,500}(?:[?#][^\\s\\p{Cntrl}]{0,500})?");

    private static final Pattern PICTURE =
            Pattern.compile("(?i)#[\\w.-]{1,100}|data:image/(?:png|gif|jpeg);base64,[a-z0-9+/=\\s]*");

    private NarrativeRule() {}

    /** Whether all of it is allowed. */
    public static boolean allows(XhtmlNode node) {
        return switch (node.getNodeType()) {
            case Text -> true;
            case Comment -> isPlain(node.getContent());
            case Element ->
                allowsElement(node.getName())
                        && node.getAttributes().entrySet().stream()
                                .allMatch(attribute ->
                                        allowsAttribute(node.getName(), attribute.getKey(), attribute.getValue()))
                        && node.getChildNodes().stream().allMatch(NarrativeRule::allows);
            default -> false;
        };
    }

    /** Whether no reader of markup takes it for more than a comment. */
    private static boolean isPlain(String comment) {
        return comment.indexOf('<') < 0
                && comment.indexOf('>') < 0
                && !comment.contains("--")
                && !comment.strip().startsWith("[");
    }

    static boolean allowsElement(String name) {
        return ELEMENTS.contains(name);
    }

    /** Whether an element may have an attribute, which is null where it is written without a value. */
    static boolean allowsAttribute(String element, String attribute, @Nullable String value) {
        return switch (attribute) {
            case "style" ->
                value != null
                        && !value.isBlank()
                        && Arrays.stream(value.split(";", -1)).allMatch(NarrativeRule::allowsStyle);
            case "href", "longdesc" ->
                value != null && isOf(element, attribute) && LINK.matcher(value).matches();
            case "src" ->
                value != null
                        && isOf(element, attribute)
                        && PICTURE.matcher(value).matches();
            default -> ATTRIBUTES.contains(attribute) || isOf(element, attribute);
        };
    }

    private static boolean isOf(String element, String attribute) {
        return OF_ELEMENTS.getOrDefault(element, Set.of()).contains(attribute);
    }

    static boolean allowsStyle(String declaration) {
        int colon = declaration.indexOf(':');
        return declaration.isBlank()
                || (colon > 0
                        && STYLES.contains(
                                declaration.substring(0, colon).strip().toLowerCase(Locale.ROOT))
                        && STYLE_VALUE
                                .matcher(declaration.substring(colon + 1).strip())
                                .matches());
    }

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }
}
