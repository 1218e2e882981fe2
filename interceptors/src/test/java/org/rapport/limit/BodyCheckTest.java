package org.rapport.limit;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.failure.Failure;

class BodyCheckTest {

    private static final int ENTRIES = 10;

    @Nested
    class OfJson {

        private final BodyCheck check = BodyCheck.json(ENTRIES);

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Müller 𝄞\"},{\"family\":\"x\"}]}",
                    "[{\"op\":\"replace\",\"path\":\"/active\",\"value\":true}]",
                    "  {\"a\":\"\\u00e4\\ud834\\udd1e\\\\u0000\"}\n",
                })
        void passesWhatIsWellFormed(String json) {
            assertThat(check.check(json.getBytes(UTF_8))).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{",
                    "{\"a\":1",
                    "{\"a\":1,}",
                    "{\"a\":1}x",
                    "{\"a\":1}{\"a\":1}",
                    "\"text\"",
                    "{'a':1}",
                    "{\"a\":NaN}",
                    "{\"subject\":1,\"subject\":2}",
                    "{\"a\":[{\"b\":1,\"\\u0062\":2}]}",
                    "{\"a\":\"\\u0000\"}",
                    "{\"a\":\"\\ud834\"}",
                    "{\"a\":\"\\udd1e\\ud834\"}",
                    "\uFEFF{\"a\":1}",
                    "{\"a\":\"\u0000\"}",
                })
        void refusesWhatIsNot(String json) {
            assertThat(check.check(json.getBytes(UTF_8)).orElseThrow().status()).isEqualTo(400);
        }

        @Test
        void refusesOtherEncodings() {
            byte[] overlong = {'{', '"', 'a', '"', ':', '"', (byte) 0xC0, (byte) 0x80, '"', '}'};
            byte[] surrogate = {'{', '"', 'a', '"', ':', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'};
            byte[] cut = {'{', '"', 'a', '"', ':', '"', (byte) 0xC3};
            assertThat(check.check(overlong)).isPresent();
            assertThat(check.check(surrogate)).isPresent();
            assertThat(check.check(cut)).isPresent();
            assertThat(check.check("{\"a\":1}".getBytes(UTF_16LE))).isPresent();
        }

        @Test
        void countsLevels() {
            assertThat(check.check(nested(RequestLimits.DEPTH))).isEmpty();
            assertThat(check.check(nested(RequestLimits.DEPTH + 1)).map(Failure::code))
                    .contains("too-costly");
            assertThat(check.check(nested(10_000)).map(Failure::status)).contains(400);
        }

        @Test
        void countsEntries() {
            assertThat(check.check(bundle(ENTRIES))).isEmpty();
            assertThat(check.check(bundle(ENTRIES + 1)).map(Failure::status)).contains(413);
        }

        @Test
        void countsEntriesOfTheBundleOnly() {
            var list = "{\"resource\":" + new String(bundle(ENTRIES + 1), UTF_8) + "}";
            assertThat(check.check(list.getBytes(UTF_8))).isEmpty();
        }

        private byte[] nested(int depth) {
            return ("{\"a\":".repeat(depth) + "1" + "}".repeat(depth)).getBytes(UTF_8);
        }

        private byte[] bundle(int entries) {
            return IntStream.range(0, entries)
                    .mapToObj(i -> "{\"resource\":{\"entry\":[{}]}}")
                    .collect(Collectors.joining(",", "{\"resourceType\":\"Bundle\",\"entry\":[", "]}"))
                    .getBytes(UTF_8);
        }
    }

    @Nested
    class OfXml {

        private final BodyCheck check = BodyCheck.xml(ENTRIES);

        @Test
        void passesWhatIsWellFormed() {
            assertThat(check("<?xml version=\"1.0\" encoding=\"utf-8\"?><Patient xmlns=\"http://hl7.org/fhir\"/>"))
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "<a>",
                    "<a></b>",
                    "<a/><b/>",
                    "<!DOCTYPE a><a/>",
                    "<!doctype a><a/>",
                    "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>&x;</a>",
                    "<a>&x;</a>",
                    "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>",
                    "<?xml version=\"1.0\" encoding=\"UTF-7\"?><a/>",
                })
        void refusesWhatIsNot(String xml) {
            assertThat(check(xml).orElseThrow().status()).isEqualTo(400);
        }

        @Test
        void countsLevels() {
            assertThat(check(nested(RequestLimits.DEPTH))).isEmpty();
            assertThat(check(nested(RequestLimits.DEPTH + 1)).map(Failure::code))
                    .contains("too-costly");
            assertThat(check(nested(10_000)).map(Failure::status)).contains(400);
        }

        @Test
        void countsEntries() {
            assertThat(check("<Bundle>" + "<entry/>".repeat(ENTRIES) + "</Bundle>"))
                    .isEmpty();
            assertThat(check("<Bundle>" + "<entry/>".repeat(ENTRIES + 1) + "</Bundle>")
                            .map(Failure::status))
                    .contains(413);
        }

        @Test
        @DisplayName("PA-003: entities that grow take no memory")
        void growsByNoEntity() {
            var laughs = IntStream.range(0, 10)
                    .mapToObj(level ->
                            "<!ENTITY %c '%s'>".formatted('b' + level, ("&" + (char) ('a' + level) + ";").repeat(10)))
                    .collect(Collectors.joining("", "<!DOCTYPE a [<!ENTITY a 'lol'>", "]><a>&k;</a>"));
            var quadratic =
                    "<!DOCTYPE a [<!ENTITY b '" + "x".repeat(100_000) + "'>]><a>" + "&b;".repeat(100_000) + "</a>";
            var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            for (var xml : List.of(laughs, quadratic)) {
                long before = threads.getCurrentThreadAllocatedBytes();
                assertThat(check(xml).map(Failure::status)).contains(400);
                assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(50_000_000);
            }
        }

        private Optional<Failure> check(String xml) {
            return check.check(xml.getBytes(UTF_8));
        }

        private String nested(int depth) {
            return "<a>".repeat(depth) + "</a>".repeat(depth);
        }
    }
}
