package org.rapport.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.failure.Failure;

class AddressCheckTest {

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "/, ''",
        "/Patient, name=M%C3%BCller&_count=2",
        "/Patient/3f5c1c5e-7d3c-4d0e-9c43-0d2f6a3f0f11/_history/2, ''",
        "/Patient/alice/$everything, _since=2026-01-01",
        "/.well-known/smart-configuration, ''",
    })
    void passesAddressesOfFhir(String path, String query) {
        assertThat(AddressCheck.check(path, query)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Patient/a b",
                "/Patient/%00",
                "/Patient/a%2Fb",
                "/Patient/..",
                "/./Patient",
                "//Patient",
                "/Patient/_history/..",
                "/Patient/ü",
                "/Patient/a;b"
            })
    void refusesAnyOther(String path) {
        assertThat(AddressCheck.check(path, "").map(Failure::status)).contains(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%00", "a=%", "a=%1", "a=%zz", "a=%C0%80", "a=%ED%A0%80", "a=\u0007", "a=ü"})
    void refusesParametersThatAreNoText(String query) {
        assertThat(AddressCheck.check("/Patient", query).map(Failure::status)).contains(400);
    }

    @Test
    void measuresLength() {
        assertThat(AddressCheck.check("/Patient/" + "a".repeat(64), "")).isEmpty();
        assertThat(AddressCheck.check("/Patient/" + "a".repeat(65), "").map(Failure::status))
                .contains(400);
        assertThat(AddressCheck.check("/Patient", "a=" + "b".repeat(RequestLimits.ADDRESS))
                        .map(Failure::status))
                .contains(414);
    }

    @Test
    void countsParameters() {
        assertThat(AddressCheck.checkParameters("a=1" + "&a=1".repeat(RequestLimits.PARAMETERS - 1)))
                .isEmpty();
        assertThat(AddressCheck.checkParameters("a=1" + "&a=1".repeat(RequestLimits.PARAMETERS)))
                .isPresent();
    }
}
