package org.rapport.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

    private static final TotpSecret SECRET = new TotpSecret("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    private static OptionalLong at(long second, String code) {
        return new Totp(Clock.fixed(Instant.ofEpochSecond(second), ZoneOffset.UTC)).stepOf(SECRET, code);
    }

    @ParameterizedTest(name = "at second {0} the code ends in {1} (RFC 6238, appendix B)")
    @CsvSource({
        "59,          287082",
        "1111111109,  081804",
        "1111111111,  050471",
        "1234567890,  005924",
        "2000000000,  279037",
        "20000000000, 353130",
    })
    void computesTheCodesOfTheStandard(long second, String code) {
        assertThat(Totp.code(SECRET, second / 30)).isEqualTo(code);
        assertThat(at(second, code)).hasValue(second / 30);
    }

    @Test
    void takesACodeOneStepEarlyOrLateAndNoFurther() {
        var code = Totp.code(SECRET, 100);

        assertThat(at(99 * 30, code)).hasValue(100);
        assertThat(at(101 * 30 + 29, code)).hasValue(100);
        assertThat(at(99 * 30 - 1, code)).isEmpty();
        assertThat(at(102 * 30, code)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"''", "1", "28708", "2870822", "287O82", "-87082"})
    void takesNothingElse(String code) {
        assertThat(at(59, code)).isEmpty();
    }

    @Test
    void writesAndReadsBase32() {
        assertThat(SECRET.base32()).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assertThat(TotpSecret.ofBase32("gezd gnbv gy3t qojq GEZD-GNBV-GY3T-QOJQ==")
                        .bytes())
                .isEqualTo(SECRET.bytes());
        assertThat(Base32.encode("foobar".getBytes(StandardCharsets.US_ASCII))).isEqualTo("MZXW6YTBOI");
        assertThat(Base32.encode("foob".getBytes(StandardCharsets.US_ASCII))).isEqualTo("MZXW6YQ");
        assertThatThrownBy(() -> TotpSecret.ofBase32("1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesTheSecretToAnAppAndToNobodyElse() {
        assertThat(SECRET.uri("Rapport here", "a@b"))
                .isEqualTo("otpauth://totp/Rapport%20here:a%40b?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                        + "&issuer=Rapport%20here&algorithm=SHA1&digits=6&period=30");
        assertThat(SECRET).hasToString("TotpSecret");
    }
}
