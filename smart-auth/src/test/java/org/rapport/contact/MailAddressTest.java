package org.rapport.contact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"a@example.org", " a.b+c@sub.example.org ", "O'Neil@example.museum", "a@xn--bcher-kva.example"})
    void isAnAddress(String text) {
        assertThat(MailAddress.parse(text)).map(MailAddress::text).contains(text.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a@b",
                "@example.org",
                "a@example.org,b@example.org",
                "a@example.org\nBcc: b@example.org",
                "A <a@example.org>",
                "\"a b\"@example.org",
                "a@-example.org",
                "a@127.0.0.1"
            })
    void isNone(String text) {
        assertThat(MailAddress.parse(text)).isEmpty();
    }
}
