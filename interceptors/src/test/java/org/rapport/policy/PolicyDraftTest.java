package org.rapport.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.policy.TestPolicies.URI;
import static org.rapport.policy.TestPolicies.draft;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDraftTest {

    private static Optional<String> fault(PolicyText text) {
        return new PolicyDraft(URI, "1", Optional.empty(), List.of(text)).fault();
    }

    private static PolicyText of(String content) {
        return new PolicyText("de", "Title", "text/markdown", content);
    }

    @Test
    void mayBePublished() {
        assertThat(draft("2026-11", "de **Text**\n\n1 < 2, a <3", "en text").fault())
                .isEmpty();
        assertThat(fault(of("x".repeat(PolicyDraft.LONGEST)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "relative/uri, 1",
        "'', 1",
        "https://house.example/privacy|1, 1",
        "https://house.example/with blank, 1",
        "urn:house, ''",
        "urn:house, 1|2",
        "urn:house, with blank",
        "urn:house, .hidden",
    })
    void namesAPolicyAndAVersion(String uri, String version) {
        var texts = List.of(of("text"));
        assertThat(new PolicyDraft(uri, version, Optional.empty(), texts).fault())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a <script>x</script>",
                "</p>",
                "<!-- hidden -->",
                "<?xml?>",
                "bell \u0007",
                "null \u0000",
                "half \ud800",
                " ",
                "",
            })
    void holdsNoHtmlAndNoControlCharacters(String content) {
        assertThat(fault(of(content))).isPresent();
    }

    @Test
    void isBounded() {
        assertThat(fault(of("x".repeat(PolicyDraft.LONGEST + 1)))).isPresent();
        assertThat(fault(new PolicyText("de", "x".repeat(201), "text/plain", "text")))
                .isPresent();
        assertThat(new PolicyDraft(URI, "1", Optional.empty(), List.of()).fault())
                .isPresent();
    }

    @Test
    void hasOneTextForEachLanguageInAKnownForm() {
        assertThat(draft("1", "de one", "de two").fault()).contains("Send one text for each language");
        assertThat(fault(new PolicyText("german", "Title", "text/plain", "text")))
                .isPresent();
        assertThat(fault(new PolicyText("de", "<b>Title", "text/plain", "text")))
                .isPresent();
        assertThat(fault(new PolicyText("de", "Title", "text/html", "text"))).isPresent();
    }
}
