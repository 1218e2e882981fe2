package org.rapport.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rapport.access.Caller;
import org.rapport.access.Scope;

class AuthorTest {

    @Test
    void isWhoItWas() {
        var caller = new Caller(
                "dr-adams",
                "app",
                Set.of(Caller.Role.CLINICIAN, Caller.Role.CARE_MANAGER),
                Scope.parseAll("user/Observation.rs patient/*.cruds system/Patient.r"),
                Optional.of("Practitioner/dr-adams"),
                Optional.of("alice"));

        assertThat(Author.of(Author.json(caller))).isEqualTo(caller);
    }
}
