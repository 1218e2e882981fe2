package org.rapport.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.utilities.xhtml.NodeType;
import org.hl7.fhir.utilities.xhtml.XhtmlNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NarrativeSanitiserTest {

    private static final long SEED = Long.getLong("rapport.test.seed", new Random().nextLong());

    private static final List<String> NAMES = List.of(
            "p div span b table tr td ul li a img pre br form center font u section label P B SCRIPT script style iframe svg math"
                    .split(" "));
    private static final List<String> ATTRIBUTES = List.of(
            "class title href src alt style onclick STYLE target name colspan action xlink:href xmlns:x".split(" "));
    private static final List<String> VALUES = List.of(
            "x",
            "",
            "#place",
            "https://example.org/a?b=c",
            "javascript:x()",
            " data:text/html,x",
            "data:image/png;base64,iVBORw0KGgo=",
            "color: red; position: fixed; border: 1px solid",
            "position:fixed",
            "color:red;;",
            "font-family: \"a; top: 0; b\"; margin: -5px");
    private static final List<String> COMMENTS =
            List.of("said", "[if IE]><script>x()</script><![endif]", "--><script>x()</script>", "a -- b", "?xml x");

    private final Random random = new Random(SEED);

    @DisplayName("IN-009: drops what runs, moves or asks, unwraps what wraps, and keeps the rest")
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            <p>a<script>x()</script></p>                                       | <p>a</p>
            <p onclick="x()" class="c">a</p>                                   | <p class="c">a</p>
            <p style="position: fixed; color: red; top: 0">a</p>               | <p style=" color: red">a</p>
            <p style="position: fixed">a</p>                                   | <p>a</p>
            <form action="https://evil.example.org"><p>a</p><input name="p"/></form> | <p>a</p>
            <center><font color="red">a</font> <b>b</b></center>               | a <b>b</b>
            <x-unknown>a<button>x</button></x-unknown>                         | a
            <P>a</P>                                                           | <p>a</p>
            <a href="javascript:x()" title="t">a</a>                           | <a title="t">a</a>
            <img src="https://evil.example.org/pixel" alt="a"/>                | <img alt="a"/>
            a<iframe src="x">b</iframe><svg><script>x()</script>c</svg>        | a
            a<noscript>b</noscript><template>c</template><textarea>d</textarea> | a
            a<!--[if IE]><script>x()</script><![endif]-->                      | a
            <b>a</b><![CDATA[<script>x()</script>]]>                           | <b>a</b>&lt;script&gt;x()&lt;/script&gt;
            """)
    void leavesWhatIsAllowed(String html, String left) {
        var div = parsed(html);
        assertThat(NarrativeSanitiser.sanitise(div)).isTrue();
        assertThat(div.getValueAsString()).isEqualTo("<div xmlns=\"http://www.w3.org/1999/xhtml\">" + left + "</div>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>x()</script>",
                " <form><input/></form> <p> </p>",
                "<iframe>a</iframe><br/><!-- a -->",
                "<img src=\"https://evil.example.org/pixel\" alt=\"\"/>",
            })
    void tellsWhenNothingIsLeft(String html) {
        assertThat(NarrativeSanitiser.sanitise(parsed(html))).isFalse();
    }

    @Test
    void keepsAnUnknownRootFromStaying() {
        var root = new XhtmlNode(NodeType.Element, "form").setAttribute("action", "x");
        root.addTag("p").addText("a");
        assertThat(NarrativeSanitiser.sanitise(root)).isTrue();
        assertThat(root.getValueAsString()).isEqualTo("<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>a</p></div>");
    }

    @Test
    void takesItsTimeByTheLengthAlone() {
        var content = "x<!-- y -->".repeat(20_000) + "<!--" + "- ".repeat(100_000) + "-->";
        var div = parsed("<font>".repeat(300) + content + "</font>".repeat(300));
        assertThat(NarrativeSanitiser.sanitise(div)).isTrue();
        assertThat(NarrativeRule.allows(div)).isTrue();
        assertThat(div.getChildNodes()).hasSize(40_001);
    }

    @Test
    void satisfiesTheRuleAndChangesNothingThatSatisfiesIt() {
        int allowed = 0;
        for (int i = 0; i < 20_000; i++) {
            var div = new XhtmlNode(NodeType.Element, "div").setAttribute("xmlns", XhtmlNode.XMLNS);
            grow(div, 3);
            var before = div.getValueAsString();
            boolean wasAllowed = NarrativeRule.allows(div);
            boolean seen = NarrativeSanitiser.sanitise(div);
            var once = div.getValueAsString();
            assertThat(NarrativeRule.allows(div))
                    .as("seed %s: %s", SEED, before)
                    .isTrue();
            assertThat(NarrativeSanitiser.sanitise(div)).isEqualTo(seen);
            assertThat(div.getValueAsString()).isEqualTo(once);
            if (wasAllowed) {
                assertThat(once).isEqualTo(before);
                allowed++;
            }
            if (seen) {
                assertThat(NarrativeRule.allows(read(once)))
                        .as("seed %s: %s, read again", SEED, once)
                        .isTrue();
            }
        }
        assertThat(allowed).isBetween(100, 19_000);
    }

    private void grow(XhtmlNode parent, int depth) {
        for (int i = random.nextInt(4); i > 0; i--) {
            switch (random.nextInt(5)) {
                case 0 -> parent.addText(any(VALUES) + " <&>");
                case 1 -> parent.addComment(any(COMMENTS));
                default -> {
                    var child = parent.addTag(any(NAMES));
                    for (int attributes = random.nextInt(3); attributes > 0; attributes--) {
                        child.setAttribute(any(ATTRIBUTES), any(VALUES));
                    }
                    if (depth > 0) {
                        grow(child, depth - 1);
                    }
                }
            }
        }
    }

    private String any(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static XhtmlNode parsed(String html) {
        return read("<div xmlns=\"http://www.w3.org/1999/xhtml\">" + html + "</div>");
    }

    private static XhtmlNode read(String div) {
        var narrative = new Narrative();
        narrative.setDivAsString(div);
        return narrative.getDiv();
    }
}
