package org.rapport.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationReferenceTest {

    private static final Path PAGE = Path.of("../docs/configuration.md");

    private static final String REWRITE = "docs/configuration.md is not what the settings say. Write it anew: "
            + "mvn test -pl fhir-server -am -Dtest=ConfigurationReferenceTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Drapport.docs.write=true";

    @Test
    void isTheCommittedPage() throws IOException {
        var page = ConfigurationReference.ofClassPath().page();
        if (Boolean.getBoolean("rapport.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).as(REWRITE).content().isEqualTo(page);
    }

    @Test
    void explainsEveryProperty() throws IOException {
        assertThat(ConfigurationReference.ofClassPath().settings())
                .isNotEmpty()
                .filteredOn(setting -> setting.text().isBlank())
                .extracting(Setting::name)
                .isEmpty();
    }

    @Test
    void groupsByFeature() throws IOException {
        var reference = new ConfigurationReference(
                List.of(setting("rapport.base-url", "\"\""), setting("rapport.mail.lead-times", "[\"3d\", \"2h\"]")));
        assertThat(reference.page())
                .contains("## The whole server\n", "| `rapport.base-url` | list of duration, such as `15m` |  | Text |")
                .contains("## `rapport.mail`\n", "| `rapport.mail.lead-times` |", "| `3d,2h` | Text |");
    }

    @ParameterizedTest(name = "{0} is a {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "java.lang.Integer; number",
                "java.time.Duration; duration, such as `15m`",
                "java.util.List<java.net.URI>; list of URL",
                "java.util.Map<java.lang.String,java.lang.String>; map",
                "org.rapport.device.Settings$Mode; Mode",
            })
    void saysTypesInWords(String javaType, String words) throws IOException {
        assertThat(setting("rapport.x", "\"1\"", javaType).type()).isEqualTo(words);
    }

    private static Setting setting(String name, String defaultValue) throws JsonProcessingException {
        return setting(name, defaultValue, "java.util.List<java.time.Duration>");
    }

    private static Setting setting(String name, String defaultValue, String type) throws JsonProcessingException {
        return Setting.of(new ObjectMapper().readTree("""
                {"name": "%s", "type": "%s", "defaultValue": %s, "description": "Text"}
                """.formatted(name, type, defaultValue)));
    }
}
