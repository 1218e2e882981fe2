package org.rapport.breakglass;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.account.Role;
import org.rapport.smart.TestMails;
import org.rapport.smart.TestServer;

class ReviewsTest {

    private static final TestServer SERVER = TestServer.shared();

    private final Hospital doctor = Hospital.person(SERVER, Role.CLINICIAN);
    private final Hospital officer = Hospital.person(SERVER, Role.PRIVACY_OFFICER);
    private final String patient = "r" + UUID.randomUUID().toString().substring(0, 8);

    private String declared() {
        doctor.token();
        doctor.declare(patient);
        return doctor.sql("SELECT id::text FROM break_glass WHERE username = ?")
                .param(doctor.username())
                .query(String.class)
                .single();
    }

    private static Response review(Hospital by, String emergency, String verdict) {
        return by.browser()
                .post(
                        "/break-glass/reviews",
                        by.csrf(),
                        Map.of("emergency", emergency, "verdict", verdict, "remark", "Seen"));
    }

    @Test
    void showAtOnceWhatWaits() {
        declared();
        officer.token();
        assertThat(officer.browser().open("/break-glass/reviews").asString())
                .contains(doctor.username(), patient, "Brought in after a car crash.");
    }

    @Test
    @DisplayName("BG-11: after 72 hours officers are reminded, and the page and its report say so, until one reviews")
    void remindAfterThreeDays() {
        var emergency = declared();
        doctor.letPass(Duration.ofHours(73));
        TestMails.await(Hospital.address(officer.username()), "are late");
        officer.token();
        assertThat(officer.browser().open("/break-glass/reviews").asString())
                .contains("Late:", "Waiting for longer than 72 hours: 1.");

        assertThat(review(officer, emergency, "whatever").statusCode()).isEqualTo(400);
        assertThat(review(officer, "no-id", "justified").statusCode()).isEqualTo(409);
        assertThat(review(officer, emergency, "justified").statusCode()).isEqualTo(200);
        assertThat(review(officer, emergency, "not-justified").statusCode()).isEqualTo(409);
        assertThat(officer.browser().open("/break-glass/reviews").asString()).contains("72 hours: 0.");
        assertThat(officer.noted("break-glass-reviewed", patient)).isEqualTo(1);
    }

    @Test
    void areForOfficersAlone() {
        var emergency = declared();
        assertThat(doctor.browser().open("/break-glass/reviews").statusCode()).isEqualTo(403);
        assertThat(review(doctor, emergency, "justified").statusCode()).isEqualTo(403);
        assertThat(List.of(doctor.noted("break-glass-reviewed", patient))).containsExactly(0L);
    }
}
