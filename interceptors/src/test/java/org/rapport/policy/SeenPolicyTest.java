package org.rapport.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.policy.TestPolicies.SECOND;
import static org.rapport.policy.TestPolicies.URI;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeenPolicyTest {

    private static SeenPolicy seen(String name, Instant moment, String language) {
        return SeenPolicy.of(
                PolicyName.of(name),
                TestPolicies.history(),
                moment,
                Optional.of(language).filter(told -> !told.isEmpty()));
    }

    @ParameterizedTest(name = "{0} at {1}: version {2}")
    @CsvSource({
        "'',   2026-06-01T00:00:00Z,     2",
        "'',   2026-05-31T23:59:59.999Z, 1",
        "'|1', 2026-06-01T00:00:00Z,     1",
        "'|2', 2026-01-01T00:00:00Z,     2",
    })
    void isTheVersionThatIsNamedElseTheOneInForce(String named, Instant moment, String version) {
        assertThat(seen(URI + named, moment, ""))
                .isInstanceOfSatisfying(
                        SeenPolicy.Text.class,
                        text -> assertThat(text.version().name()).hasToString(URI + "|" + version));
    }

    @Test
    void isNoTextBeforeTheFirstIsInForce() {
        assertThat(seen(URI, Instant.parse("2025-12-31T23:59:59Z"), ""))
                .isEqualTo(new SeenPolicy.NoText(PolicyName.of(URI)));
    }

    @Test
    void isNoTextOfAPolicyWithoutTexts() {
        var name = PolicyName.of("https://profiles.ihe.net/ITI/PCF/Policy-deny|1");
        assertThat(SeenPolicy.of(name, new PolicyHistory(List.of()), SECOND, Optional.empty()))
                .isEqualTo(new SeenPolicy.NoText(name));
    }

    @Test
    void isUnknownInAVersionThatWasNeverPublished() {
        assertThat(seen(URI + "|3", SECOND, ""))
                .isEqualTo(new SeenPolicy.UnknownVersion(PolicyName.of(URI + "|3"), List.of("1", "2")));
    }

    @ParameterizedTest(name = "a consent in {0}: {1}")
    @CsvSource({"de, de2", "de-AT, de2", "EN, en2", "fr, de2 en2", "'', de2 en2", "'not a tag;', de2 en2"})
    void isInTheLanguageOfTheConsentElseInAll(String language, String texts) {
        assertThat(seen(URI, SECOND, language))
                .isInstanceOfSatisfying(
                        SeenPolicy.Text.class,
                        text -> assertThat(text.texts())
                                .extracting(PublishedVersion.Wording::sha256)
                                .containsExactly(texts.split(" ")));
    }
}
