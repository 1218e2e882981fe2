package org.rapport.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageIdTest {

    @Test
    void isTheSameForAKeyAndTellsNothingOfIt() {
        assertThat(MessageId.of("reminder/1", "clinic.example"))
                .isEqualTo(MessageId.of("reminder/1", "clinic.example"))
                .isNotEqualTo(MessageId.of("reminder/2", "clinic.example"))
                .matches("<[0-9a-f]{32}@clinic\\.example>");
    }
}
