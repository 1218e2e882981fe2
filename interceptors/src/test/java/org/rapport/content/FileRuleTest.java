package org.rapport.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileRuleTest {

    private static final String PNG = "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR";
    private static final String ARCHIVE_END = "PK\u0005\u0006" + "\0".repeat(18);

    @ParameterizedTest
    @CsvSource({
        "application/pdf, %PDF-1.7 x",
        "APPLICATION/PDF; version=1.7, %PDF-1.7 x",
        "text/plain, MZ twins; BMI 20; see <script> for <html>",
        "text/plain; charset=utf-8, # heading",
        "text/html, <p>Hello</p>",
        "application/xml, <ClinicalDocument/>",
        "image/gif, GIF89a;",
        "application/rtf, {\\rtf1 x}",
        "text/rtf, {\\rtf1 x}",
        "application/zip, PK\u0003\u0004x",
        "application/octet-stream, anything",
        "application/x-unheard, anything",
    })
    void allowsWhatIsAsItSays(String type, String file) {
        assertThat(allows(type, file)).isTrue();
    }

    @Test
    void allowsWhatBeginsWithinTheFile() {
        assertThat(allows("application/dicom", "\0".repeat(128) + "DICM")).isTrue();
        assertThat(allows("image/webp", "RIFF1234WEBP")).isTrue();
        assertThat(allows("image/png", PNG)).isTrue();
        assertThat(allows("application/zip", "PK\u0003\u0004" + ARCHIVE_END)).isTrue();
    }

    @DisplayName("IN-013: refuses a file of another type")
    @ParameterizedTest
    @CsvSource({
        "application/pdf, GIF89a;",
        "application/pdf, <html>x",
        "application/pdf, ' %PDF-1.7'",
        "image/png, not a picture",
        "image/jpeg, GIF89a;",
        "text/plain, %PDF-1.7",
        "text/plain, PK\u0003\u0004x",
        "application/json, \u001f\u008bx",
        "text/csv, \u00ff\u00fe",
    })
    void refusesAnotherType(String type, String file) {
        assertThat(allows(type, file)).isFalse();
    }

    @DisplayName("IN-013: refuses a file that is two things at once")
    @Test
    void refusesPolyglots() {
        assertThat(allows("image/gif", "GIF89a=1;<script>x()</script>")).isFalse();
        assertThat(allows("image/gif", "GIF89a%PDF-1.7")).isFalse();
        assertThat(allows("image/png", PNG + "x".repeat(100_000) + ARCHIVE_END)).isFalse();
        assertThat(allows("application/pdf", "%PDF-1.7\n" + ARCHIVE_END)).isFalse();
    }

    @DisplayName("IN-013: refuses programs and EICAR's test file, whatever they are called")
    @ParameterizedTest
    @CsvSource({"application/octet-stream", "text/plain", "application/x-unheard", "image/png", "''"})
    void refusesWhatRuns(String type) {
        assertThat(allows(type, "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"))
                .isFalse();
        assertThat(allows(type, "MZ\u0090\0\u0003")).isFalse();
        assertThat(allows(type, "\u007fELF\u0002\u0001")).isFalse();
        assertThat(allows(type, "\u00ca\u00fe\u00ba\u00be\0\0\0A")).isFalse();
        assertThat(allows(type, "#!/bin/sh\n")).isFalse();
    }

    private static boolean allows(String type, String file) {
        return FileRule.allows(type, file.getBytes(ISO_8859_1));
    }
}
