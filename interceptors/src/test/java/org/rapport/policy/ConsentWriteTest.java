package org.rapport.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.policy.TestPolicies.URI;
import static org.rapport.policy.TestPolicies.consent;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.DateTimeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsentWriteTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    private static ConsentWrite write(Optional<Consent> before, Consent after) {
        return new ConsentWrite(before, after, Set.of("alice"));
    }

    private static Consent dated(String dateTime, int version) {
        var consent = consent(URI, version);
        return dateTime.isEmpty() ? consent : consent.setDateTimeElement(new DateTimeType(dateTime));
    }

    @ParameterizedTest(name = "dated \"{0}\" before, \"{1}\" now: at {2}")
    @CsvSource({
        "'',         '',                   2026-11-30T12:00:00Z",
        "'',         2026-05-01T10:00:00Z, 2026-05-01T10:00:00Z",
        "2026-05-01, 2026-05-01,           2026-11-30T12:00:00Z",
        "2026-05-01, 2026-06-01,           2026-06-01T21:59:59.999Z",
        "'',         ' 2026-06-01 ',       2026-06-01T21:59:59.999Z",
        "'',         1500-02-29,           1500-03-01T23:06:31.999Z",
        "'',         2025,                 2025-12-31T22:59:59.999Z",
        "'',         2026-02,              2026-02-28T22:59:59.999Z",
        "'',         2026-11-30,           2026-11-30T12:00:00Z",
        "'',         2027-01-01T00:00:00Z, 2026-11-30T12:00:00Z",
    })
    void isGivenWhenItNewlySaysElseNow(String before, String after, Instant moment) {
        var old = Optional.of(dated(before, 1)).filter(Consent::hasDateTime);
        assertThat(write(old, dated(after, 2)).moment(NOW, ZoneId.of("Europe/Berlin")))
                .isEqualTo(moment);
    }

    @Test
    void changesTheOptionsThatDiffer() {
        var after = consent(URI + "|2", 2).setStatus(ConsentState.INACTIVE);
        after.getProvision().setType(ConsentProvisionType.DENY);
        after.getProvision()
                .addProvision()
                .addPurpose(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActReason", "TREAT", null));
        after.getMeta().addTag().setCode("no-option");
        assertThat(write(Optional.of(consent(URI, 1)), after).changes())
                .extracting(change -> change.path() + ": " + change.before().orElse("-") + " -> "
                        + change.after().orElse("-"))
                .containsExactly(
                        "policy[0].uri: " + URI + " -> " + URI + "|2",
                        "provision.provision[0].purpose[0].code: - -> TREAT",
                        "provision.provision[0].purpose[0].system: -"
                                + " -> http://terminology.hl7.org/CodeSystem/v3-ActReason",
                        "provision.type: permit -> deny",
                        "status: active -> inactive");
    }

    @Test
    void tellsEachChange() {
        var after = consent(URI, 2);
        for (int number = 0; number < 1_001; number++) {
            after.getProvision().addAction().setText("action " + number);
        }
        assertThat(write(Optional.of(consent(URI, 1)), after).changes()).hasSizeGreaterThan(1_000);
    }

    @Test
    void changesNothingWithoutAVersionBefore() {
        assertThat(write(Optional.empty(), consent(URI, 1)).changes()).isEmpty();
    }

    @Test
    void isUnderEachPolicyOnce() {
        var consent = consent(URI + "|1", 1);
        consent.addPolicy().setAuthority("https://house.example");
        consent.addPolicy().setUri(URI + "|1");
        assertThat(write(Optional.empty(), consent).policies()).containsExactly(PolicyName.of(URI + "|1"));
    }
}
