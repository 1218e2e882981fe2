package org.rapport.gate.hapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.mask.hapi.MaskedWrites;

class MaskedWritesTest {

    private static final Set<String> MASKED = Set.of("reasonCode", "comment");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"arrived\"}]",
                "[{\"op\":\"remove\",\"path\":\"/patientInstruction\"}]",
                "[{\"op\":\"add\",\"path\":\"/participant/-\",\"value\":{\"actor\":{\"reference\":\"Patient/bob\"}}}]",
            })
    void letAPartBeChanged(String patch) {
        assertThat(isOfPart(patch)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"op\":\"test\",\"path\":\"/comment\",\"value\":\"x\"}]",
                "[{\"op\":\"replace\",\"path\":\"/reasonCode/0/text\",\"value\":\"x\"}]",
                "[{\"op\":\"remove\",\"path\":\"/reasonCode\"}]",
                "[{\"op\":\"copy\",\"from\":\"/comment\",\"path\":\"/description\"}]",
                "[{\"op\":\"move\",\"from\":\"/reasonCode/0/text\",\"path\":\"/description\"}]",
                "[{\"op\":\"replace\",\"path\":\"\",\"value\":{}}]",
                "[{\"op\":\"copy\",\"from\":\"\",\"path\":\"/description\"}]",
                "[{\"op\":\"replace\",\"path\":\"/\",\"value\":{}}]",
                "[{\"op\":\"replace\",\"path\":\"/_comment\",\"value\":{}}]",
                "[{\"op\":\"replace\",\"path\":\"/co~0mment\",\"value\":{}}]",
                "[{\"op\":\"replace\",\"path\":\"/text/div\",\"value\":\"x\"}]",
                "[{\"op\":\"replace\",\"path\":\"/contained/0\",\"value\":{}}]",
                "[{\"op\":\"copy\",\"from\":\"/extension/0/valueString\",\"path\":\"/description\"}]",
                "[{\"op\":\"add\",\"path\":\"/modifierExtension\",\"value\":[]}]",
                "[{\"op\":\"remove\",\"path\":\"/meta/security\"}]",
                "[{\"op\":\"add\",\"path\":\"/unheard\",\"value\":[]}]",
                "[{\"op\":\"add\",\"path\":\"/participant/-\",\"value\":{\"actor\":{\"reference\":\"#why\"}}}]",
                "[{\"op\":\"add\",\"path\":\"/comment\",\"path\":\"/status\",\"value\":\"x\"}]",
                "[{\"op\":\"test\",\"path\":\"/participant/0/actor/display\",\"value\":\"x\"}]",
                "[{\"op\":\"copy\",\"from\":\"/participant/0/actor/display\",\"path\":\"/description\"}]",
                "[{\"op\":\"test\"}]",
                "[{\"op\":\"remove\",\"path\":7}]",
                "[{\"op\":\"copy\",\"from\":null,\"path\":\"/status\"}]",
                "{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"arrived\"}",
                "[] [{\"op\":\"test\",\"path\":\"/comment\",\"value\":\"x\"}]",
                "x",
                "",
            })
    void stopWhatCouldAskAboutTheRestOrLoseIt(String patch) {
        assertThat(isOfPart(patch)).isFalse();
    }

    private static boolean isOfPart(String patch) {
        return MaskedWrites.isPatchOfPart("Appointment", patch.getBytes(StandardCharsets.UTF_8), MASKED);
    }
}
