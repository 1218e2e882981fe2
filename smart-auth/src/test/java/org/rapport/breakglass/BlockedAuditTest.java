package org.rapport.breakglass;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.account.Role;
import org.rapport.smart.TestServer;
import org.rapport.smart.TestWorld;

class BlockedAuditTest {

    @Test
    @DisplayName("BG-09: while nothing can be audited the glass stays whole: 503, and nothing is left behind")
    void keepsTheGlassWhole() {
        try (var server = TestServer.start()) {
            TestWorld.create(server);
            var doctor = Hospital.person(server, Role.CLINICIAN);
            doctor.token();
            doctor.csrf();
            doctor.sql("""
                    CREATE FUNCTION audit_is_away() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN RAISE EXCEPTION 'away' USING errcode = 'disk_full'; END $$""").update();
            doctor.sql("CREATE TRIGGER away BEFORE INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION audit_is_away()")
                    .update();
            assertThat(doctor.declare("carol").statusCode()).isEqualTo(503);
            assertThat(doctor.sql("SELECT count(*) FROM break_glass")
                            .query(Long.class)
                            .single())
                    .isZero();

            doctor.sql("DROP TRIGGER away ON audit_log").update();
            assertThat(doctor.declare("carol").statusCode()).isEqualTo(200);
        }
    }
}
