package org.rapport.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    private static final AllowedHosts NONE = new AllowedHosts(Set.of());

    @ParameterizedTest(name = "{index}: {0}")
    @ValueSource(
            strings = {
                "https://hooks.example.org/on-result",
                "https://hooks.example.org:8443/a?b=c",
                "https://93.184.216.34/",
                "https://[2606:2800:220:1::1]/hook",
            })
    void mayBeOnThePublicInternet(String text) {
        assertThat(Endpoint.parse(text).orElseThrow().objection(NONE)).isEmpty();
    }

    /** SU-006. */
    @ParameterizedTest(name = "{index}: {0}")
    @ValueSource(
            strings = {
                "http://hooks.example.org/",
                "https://127.0.0.1/",
                "https://127.1/",
                "https://2130706433/",
                "https://0177.0.0.1/",
                "https://0x7f.0.0.1/",
                "https://0x7f000001/",
                "https://0.0.0.0/",
                "https://10.1.2.3/",
                "https://172.16.0.1/",
                "https://192.168.1.1/",
                "https://100.64.0.1/",
                "https://169.254.169.254/latest/meta-data",
                "https://224.0.0.1/",
                "https://255.255.255.255/",
                "https://256.1.1.1/",
                "https://[::]/",
                "https://[::1]/",
                "https://[fe80::1]/",
                "https://[fc00::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:10.0.0.1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[2002:7f00:1::]/",
                "https://localhost/",
                "https://localhost./",
                "https://hooks.localhost/",
                "https://printer.local/",
                "https://metadata.google.internal/",
                "https://hooks/",
                "https://hooks.example.org:22/",
                "https://hooks.example.org:25/",
                "https://hooks.example.org:5432/",
                "https://hooks.example.org:6379/",
                "https://hooks.example.org:1883/",
            })
    void isRefusedEverywhereElse(String text) {
        assertThat(Endpoint.parse(text)
                        .filter(endpoint -> endpoint.objection(NONE).isEmpty()))
                .isEmpty();
    }

    @ParameterizedTest(name = "{index}: {0}")
    @ValueSource(
            strings = {
                "",
                "hooks.example.org",
                "/hook",
                "ftp://hooks.example.org/",
                "file:///etc/passwd",
                "gopher://hooks.example.org/",
                "jdbc:postgresql://hooks.example.org/",
                "https://user:secret@hooks.example.org/",
                "https://hooks.example.org/#part",
                "https://hoöks.example.org/",
                "https://hooks.example.org/a b",
                "https://hooks.example.org:0/",
                "https://hooks.example.org:65536/",
                "https://hooks.example.org/\r\nX: y",
                "https:///hook",
            })
    void isNothingButAWebAddress(String text) {
        assertThat(Endpoint.parse(text)).isEmpty();
    }

    @Test
    void mayBeAnywhereOnHostsThatTheOperatorNamed() {
        var allowed = new AllowedHosts(Set.of("127.0.0.1", "Hooks.Clinic.Local", "::1"));
        for (var text : new String[] {"http://127.0.0.1:9000/", "http://hooks.clinic.local/", "https://[::1]:1234/"}) {
            assertThat(Endpoint.parse(text).orElseThrow().objection(allowed))
                    .as(text)
                    .isEmpty();
        }
        assertThat(Endpoint.parse("http://127.0.0.2/").orElseThrow().objection(allowed))
                .isPresent();
    }

    @ParameterizedTest(name = "{index}: {0}")
    @CsvSource({
        "https://h.example.org,         /,        /Observation/1",
        "https://h.example.org/,        /,        /Observation/1",
        "https://h.example.org/fhir,    /fhir,    /fhir/Observation/1",
        "https://h.example.org/a/?k=v,  /a/?k=v,  /a/Observation/1?k=v",
    })
    void isTheBaseOfTheResourcesItReceives(String text, String target, String resource) {
        var endpoint = Endpoint.parse(text).orElseThrow();
        assertThat(endpoint.target()).isEqualTo(target);
        assertThat(endpoint.target("Observation/1")).isEqualTo(resource);
    }
}
