package org.rapport.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.access.AccessDecision.PermitPartially;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Caller.Role;

class MasksTest {

    private final AccessRules rules = new AccessRules(
            new Relations(practitioner -> Set.of("alice"), ProxyRelations.NONE), ConstraintMatcher.NONE);

    static Stream<MaskedElement> rows() {
        return MaskedElement.all();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void keepBackElementsThatThereAre(MaskedElement row) {
        assertThat(ElementMask.isContent(row.type(), row.jsonName(), Set.of())).isTrue();
        assertThat(TypeRule.of(row.type()).allowed(row.role())).contains(Scope.Permission.READ);
        var link = TypeRule.of(row.type()).recordLink();
        assertThat(link.map(tie -> tie.path().split("\\.", 2)[0]))
                .as("what ties it to a record is not masked: searches are narrowed by it")
                .isNotEqualTo(Optional.of(row.element()));
    }

    /** GD-007. */
    @Test
    void keepFromTheDeskWhySomebodyComes() {
        assertThat(decide(Interaction.READ, "Appointment", "bob", Role.CLERK))
                .isEqualTo(new PermitPartially(
                        Set.of("basedOn", "comment", "reasonCode", "reasonReference", "supportingInformation")));
        assertThat(decide(Interaction.READ, "Patient", "bob", Role.CLERK)).isEqualTo(new AccessDecision.Permit());
    }

    @Test
    void hinderNobodyInWritingAndOperations() {
        assertThat(decide(Interaction.UPDATE, "Appointment", "bob", Role.CLERK)).isEqualTo(new AccessDecision.Permit());
        assertThat(decide(Interaction.CREATE, "Appointment", "bob", Role.CLERK)).isEqualTo(new AccessDecision.Permit());
    }

    @Test
    void giveWayToAnotherRoleThatShowsIt() {
        assertThat(decide(Interaction.READ, "Appointment", "alice", Role.CLERK, Role.CLINICIAN))
                .isEqualTo(new AccessDecision.Permit());
        assertThat(decide(Interaction.READ, "Appointment", "bob", Role.CLERK, Role.CLINICIAN))
                .isInstanceOf(PermitPartially.class);
        assertThat(decide(Interaction.READ, "Appointment", "bob", Role.CLERK, Role.ADMIN))
                .isInstanceOf(PermitPartially.class);
    }

    @Test
    void holdInQuestionsForWhomeverAnyRoleShowsAPart() {
        assertThat(rules.masked(caller("user/*.rs", Role.CLERK, Role.CLINICIAN), "Appointment"))
                .contains("reasonCode");
        assertThat(rules.masked(caller("user/*.rs", Role.CLINICIAN), "Appointment"))
                .isEmpty();
        assertThat(rules.masked(launched("patient/*.rs", Role.CLERK, Role.CLINICIAN), "Appointment"))
                .as("the app acts for the clinician alone")
                .isEmpty();
    }

    /** Contained in a resource that is open, it would be met all the same. */
    @Test
    void holdForATypeThatIsClosed() {
        assertThat(rules.masked(caller("user/Coverage.rs", Role.CLERK, Role.CLINICIAN), "Appointment"))
                .contains("reasonCode");
        assertThat(rules.masked(caller("user/Coverage.rs", Role.CLINICIAN), "Appointment"))
                .isEmpty();
    }

    @Test
    void concernNoSystem() {
        assertThat(Masks.concern(Set.of(Role.SYSTEM, Role.ADMIN, Role.CLINICIAN)))
                .isFalse();
        assertThat(Masks.concern(Set.of(Role.ADMIN, Role.CLERK))).isTrue();
    }

    /** A scope that is limited by what is masked would show which resources have it. */
    @Test
    void closeScopesThatAreLimitedByWhatIsMasked() {
        var understanding =
                new AccessRules(new Relations(practitioner -> Set.of(), ProxyRelations.NONE), new AsksAboutComments());
        assertThat(understanding.reach(
                        caller("user/Appointment.rs?status=booked", Role.CLERK),
                        Action.on(Interaction.SEARCH, "Appointment")))
                .isInstanceOf(Reach.Nothing.class);
        assertThat(understanding.reach(
                        caller("user/Coverage.rs?status=active", Role.CLERK),
                        Action.on(Interaction.SEARCH, "Coverage")))
                .isInstanceOf(Reach.Matching.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system | Patient | birthDate",
                "janitor | Patient | birthDate",
                "clerk | Patient | birthDate\nclerk | Patient | photo",
            })
    void areReadClosely(String rows) {
        assertThatIllegalStateException().isThrownBy(() -> Masks.parse("roles | types | elements\n" + rows));
    }

    private AccessDecision decide(Interaction interaction, String type, String patient, Role... roles) {
        return rules.decide(
                caller("user/*.cruds", roles),
                Action.on(interaction, type),
                new Target.Resource(type, Optional.of("1"), Set.of(patient)));
    }

    private static Caller caller(String scope, Role... roles) {
        return caller(Optional.empty(), scope, roles);
    }

    private static Caller launched(String scope, Role... roles) {
        return caller(Optional.of("alice"), scope, roles);
    }

    private static Caller caller(Optional<String> patient, String scope, Role... roles) {
        return new Caller(
                "lee",
                "app",
                Set.of(roles),
                List.copyOf(Scope.parseAll(scope)),
                Optional.of("Practitioner/lee"),
                patient);
    }

    /** Understands every constraint and takes each for one about a comment. */
    private static final class AsksAboutComments implements ConstraintMatcher {

        @Override
        public boolean understands(String type, ScopeConstraint constraint) {
            return true;
        }

        @Override
        public boolean asksAbout(String type, ScopeConstraint constraint, Set<String> elements) {
            return elements.contains("comment");
        }

        @Override
        public boolean matches(ScopeConstraint constraint, Resource resource) {
            return true;
        }
    }
}
