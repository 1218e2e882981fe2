package org.rapport.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Caller.Role;

class RolesTest {

    private final AccessRules rules = new AccessRules(
            new Relations(practitioner -> Set.of("alice"), ProxyRelations.NONE), ConstraintMatcher.NONE);

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"PRIVACY_OFFICER", "AUDITOR"})
    void ofThoseWhoWatchShowTheAuditRecordAlone(Role role) {
        var watcher = caller("user/*.cruds", role);
        assertThat(permits(watcher, Interaction.READ, "AuditEvent")).isTrue();
        assertThat(permits(watcher, Interaction.SEARCH, "AuditEvent")).isTrue();
        assertThat(permits(watcher, Interaction.CREATE, "AuditEvent")).isFalse();
        assertThat(permits(watcher, Interaction.DELETE, "AuditEvent")).isFalse();
        assertThat(permits(watcher, Interaction.READ, "Patient")).isFalse();
        assertThat(permits(caller("patient/*.rs", role), Interaction.READ, "AuditEvent"))
                .isFalse();
    }

    @Test
    void ofAPersonKeepASystemsRightsAway() {
        var scopes = List.copyOf(Scope.parseAll("system/*.rs user/*.rs"));
        var caller = new Caller(
                "x",
                "app",
                Set.of(Role.SYSTEM, Role.CLINICIAN),
                scopes,
                Optional.of("Practitioner/x"),
                Optional.empty());
        assertThat(caller.actsAlone()).isFalse();
        assertThat(permits(caller, Interaction.PAGE, "")).isFalse();
    }

    private boolean permits(Caller caller, Interaction interaction, String type) {
        return rules.decide(caller, Action.on(interaction, type), new Target.AnyOf(type))
                .permitted();
    }

    private static Caller caller(String scope, Role role) {
        var scopes = List.copyOf(Scope.parseAll(scope));
        return new Caller("kim", "app", Set.of(role), scopes, Optional.of("Practitioner/kim"), Optional.of("alice"));
    }
}
