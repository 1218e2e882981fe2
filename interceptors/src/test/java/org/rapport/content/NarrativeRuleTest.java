package org.rapport.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.Narrative;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NarrativeRuleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "<p class=\"x\" id=\"y\" title=\"z\" lang=\"de\">a <b>b</b> <i>c</i><br/></p>",
                "<table border=\"1\" summary=\"s\"><tbody><tr><td colspan=\"2\" nowrap=\"nowrap\">1</td></tr></tbody></table>",
                "<ul><li>1</li></ul><ol type=\"a\"><li>1</li></ol><dl><dt>a</dt><dd>b</dd></dl>",
                "<a href=\"https://example.org/a?b=c\">x</a><a href=\"Patient/1\">y</a><a href=\"#z\">z</a><a name=\"z\"/>",
                "<a href=\"mailto:a@example.org\">mail</a> <a href=\"tel:+49301234\">call</a>",
                "<img alt=\"a\" src=\"#picture\"/><img alt=\"b\" src=\"data:image/png;base64,iVBORw0KGgo=\"/>",
                "<span style=\"color: #ff0000; background-color: rgb(1, 2, 3); font-family: sans-serif\">x</span>",
                "<td style=\"border: 1px #F0F0F0 solid; vertical-align: top; padding:0px 4px\">x</td>",
                "<pre>a</pre><!-- said -->",
            })
    void allowsWhatFormats(String html) {
        assertThat(allows(html)).isTrue();
    }

    @DisplayName("IN-009: refuses scripts, forms, frames, events, moving styles and links that run")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>x()</script>",
                "<p onclick=\"x()\">a</p>",
                "<form action=\"https://evil.example.org\"><input name=\"p\"/></form>",
                "<button>x</button>",
                "<iframe src=\"https://evil.example.org\"/>",
                "<object data=\"x\"/>",
                "<svg><script>x()</script></svg>",
                "<link rel=\"stylesheet\" href=\"x\"/>",
                "<base href=\"https://evil.example.org\"/>",
                "<style>p {color: red}</style>",
                "<div style=\"position: fixed; top: 0; left: 0\">x</div>",
                "<div style=\"POSITION:absolute\">x</div>",
                "<div style=\"margin-top: -500px\">x</div>",
                "<div style=\"margin: 0 -500px\">x</div>",
                "<div style=\"background: url(https://evil.example.org/x)\">x</div>",
                "<div style=\"width: expression(x())\">x</div>",
                "<div style=\"color: r\\65 d\">x</div>",
                "<div style=\"opacity: 0\">x</div>",
                "<a href=\"javascript:x()\">a</a>",
                "<a href=\" javascript:x()\">a</a>",
                "<a href=\"java&#10;script:x()\">a</a>",
                "<a href=\"data:text/html,x\">a</a>",
                "<a href=\"vbscript:x\">a</a>",
                "<a href=\"//evil.example.org\" target=\"_top\">a</a>",
                "<img src=\"https://evil.example.org/pixel\" alt=\"\"/>",
                "<img src=\"data:image/svg+xml;base64,PHN2Zz4=\" alt=\"\"/>",
                "<p src=\"#x\">a</p>",
                "<p style>a</p>",
                "<!--[if IE]>a<![endif]-->",
                "<!-- a > b -->",
            })
    void refusesWhatDoesMore(String html) {
        assertThat(allows(html)).isFalse();
        assertThat(allows("<p>a</p><div><p>" + html + "</p></div>")).isFalse();
    }

    private static boolean allows(String html) {
        var narrative = new Narrative();
        narrative.setDivAsString("<div xmlns=\"http://www.w3.org/1999/xhtml\">" + html + "</div>");
        return NarrativeRule.allows(narrative.getDiv());
    }
}
