package org.rapport.consent.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hl7.fhir.r4.model.Consent.ConsentDataMeaning.AUTHOREDBY;
import static org.hl7.fhir.r4.model.Consent.ConsentDataMeaning.RELATED;
import static org.rapport.consent.fhir.Decided.assertDeny;
import static org.rapport.consent.fhir.Decided.assertPermit;
import static org.rapport.consent.fhir.Decided.decide;
import static org.rapport.consent.fhir.TestConsents.actor;
import static org.rapport.consent.fhir.TestConsents.always;
import static org.rapport.consent.fhir.TestConsents.data;
import static org.rapport.consent.fhir.TestConsents.dataPeriod;
import static org.rapport.consent.fhir.TestConsents.declaringPcf;
import static org.rapport.consent.fhir.TestConsents.deny;
import static org.rapport.consent.fhir.TestConsents.exceptDeny;
import static org.rapport.consent.fhir.TestConsents.exceptPermit;
import static org.rapport.consent.fhir.TestConsents.label;
import static org.rapport.consent.fhir.TestConsents.period;
import static org.rapport.consent.fhir.TestConsents.permit;
import static org.rapport.consent.fhir.TestConsents.plain;
import static org.rapport.consent.fhir.TestConsents.purpose;
import static org.rapport.consent.fhir.TestConsents.type;
import static org.rapport.consent.fhir.TestConsents.under;
import static org.rapport.consent.fhir.TestUses.ALICE;
import static org.rapport.consent.fhir.TestUses.CLERK;
import static org.rapport.consent.fhir.TestUses.DR_A;
import static org.rapport.consent.fhir.TestUses.DR_B;
import static org.rapport.consent.fhir.TestUses.RESEARCH;
import static org.rapport.consent.fhir.TestUses.at;
import static org.rapport.consent.fhir.TestUses.condition;
import static org.rapport.consent.fhir.TestUses.doing;
import static org.rapport.consent.fhir.TestUses.labelled;
import static org.rapport.consent.fhir.TestUses.o1;
import static org.rapport.consent.fhir.TestUses.o2;
import static org.rapport.consent.fhir.TestUses.o3;
import static org.rapport.consent.fhir.TestUses.o4;
import static org.rapport.consent.fhir.TestUses.o5;
import static org.rapport.consent.fhir.TestUses.observation;
import static org.rapport.consent.fhir.TestUses.ofAlice;
import static org.rapport.consent.fhir.TestUses.read;
import static org.rapport.consent.fhir.TestUses.treatment;
import static org.rapport.consent.fhir.TestUses.use;
import static org.rapport.consent.fhir.TestUses.withoutDate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.consent.ConsentDecision.Deny;
import org.rapport.consent.ConsentDecision.Reason;
import org.rapport.consent.ImplicitPolicy;
import org.rapport.consent.ProtectedResource;
import org.rapport.consent.ProtectedResource.Person;
import org.rapport.consent.Use;
import org.rapport.consent.Use.Action;

/** The decision table of the security reference, as far as rules decide it without a server. */
class DecisionTableTest {

    private static final Use BY_A = treatment(DR_A);
    private static final Use BY_B = treatment(DR_B);

    @Test
    @DisplayName("CD-01: without consent, basic-normal permits a clinician's treatment")
    void basicNormal() {
        assertPermit(BY_A, o1());
        assertDeny(use(DR_A, "HRESCH", ImplicitPolicy.BASIC_NORMAL), o1());
        assertDeny(use(CLERK, "TREAT", ImplicitPolicy.BASIC_NORMAL), o1());
    }

    @Test
    @DisplayName("CD-03: without consent, all-normal permits what the role allows")
    void allNormal() {
        assertPermit(use(CLERK, "HPAYMT", ImplicitPolicy.ALL_NORMAL), o1());
    }

    @Test
    @DisplayName("CD-05: without consent, break-glass-only denies treatment and permits BTG")
    void breakGlassOnly() {
        assertDeny(use(DR_A, "TREAT", ImplicitPolicy.BREAK_GLASS_ONLY), o1());
        assertPermit(use(DR_A, "BTG", ImplicitPolicy.BREAK_GLASS_ONLY), o1());
        assertPermit(use(DR_A, "ETREAT", ImplicitPolicy.BREAK_GLASS_ONLY), o1());
        assertDeny(use(CLERK, "BTG", ImplicitPolicy.BREAK_GLASS_ONLY), o1());
    }

    @Test
    @DisplayName("CD-07: a deny overrides the implicit policy")
    void denyOverImplicit() {
        assertDeny(use(DR_A, "TREAT", ImplicitPolicy.ALL_NORMAL), o1(), deny(always()));
    }

    @Test
    @DisplayName("CD-09: an end that is a date lasts until midnight of the policy's time zone")
    void endDateInclusive() {
        var consent = permit(provision -> provision.setPeriod(period("2026-01-01", "2026-03-01")));
        var closed = use(DR_A, "TREAT", ImplicitPolicy.DENY);
        assertPermit(at(closed, Instant.parse("2026-03-01T22:59:59Z")), o1(), consent);
        assertThat(decide(at(closed, Instant.parse("2026-03-01T23:00:00Z")), o1(), consent))
                .isEqualTo(new Deny(Reason.IMPLICIT_POLICY, ImplicitPolicy.DENY.uri() + " for no consent"));
    }

    @Test
    @DisplayName("CD-11: a group's permit is for those who are members (its change within a second needs the server)")
    void group() {
        var consent = permit(actor("Group/g"));
        var member = TestUses.recipient(true, "Practitioner/dr-a", "Group/g");
        assertPermit(treatment(member), o1(), consent);
        assertDeny(BY_A, o1(), consent);
    }

    @Test
    @DisplayName("CD-13: a nested deny by author")
    void authoredBy() {
        var consent = permit(exceptDeny(data(AUTHOREDBY, "Practitioner/dr-b")));
        assertPermit(BY_A, o1(), consent);
        assertDeny(BY_A, o3(), consent);
    }

    @Test
    @DisplayName("CD-15: a nested deny by date of the data")
    void dataPeriodOfADeny() {
        var consent = permit(exceptDeny(dataPeriod("2022-01-01", "2022-12-31")));
        assertDeny(BY_A, o1(), consent);
        assertPermit(BY_A, o3(), consent);
        assertDeny(BY_A, withoutDate(), consent);
    }

    @Test
    @DisplayName("CD-17: a permit of one resource covers it and its versions")
    void oneResource() {
        var consent = permit(data(ConsentDataMeaning.INSTANCE, "Observation/o3"));
        assertPermit(BY_A, o3(), consent);
        assertDeny(BY_A, o1(), consent);
        var version = new ProtectedResource(
                "Observation", Optional.of("o3"), Optional.of("1"), o3().patients(), o3().content());
        assertPermit(BY_A, version, consent);
    }

    @Test
    @DisplayName("CD-19: a permit of normal data excludes restricted and unlabelled data")
    void permitOfNormal() {
        var consent = permit(label("N"));
        assertPermit(BY_A, o1(), consent);
        assertDeny(BY_A, o2(), consent);
        assertDeny(BY_A, o5(), consent);
    }

    @Test
    @DisplayName("CD-21: a permit by sensitivity covers every sensitivity or nothing")
    void permitOfSensitivity() {
        var consent = permit(
                label("N").andThen(exceptPermit(actor("Practitioner/dr-a").andThen(label("PSY")))));
        assertPermit(BY_A, o2(), consent);
        assertDeny(BY_B, o2(), consent);
        assertDeny(BY_A, o4(), consent);
    }

    @Test
    @DisplayName("CD-23: a deny of restricted data covers what is above it too")
    void denyOfRestricted() {
        var consent = permit(exceptDeny(label("R")));
        assertDeny(BY_A, o2(), consent);
        assertDeny(BY_A, ofAlice(labelled(observation("o7", "2023", "dr-a"), "V")), consent);
        assertPermit(BY_A, o1(), consent);
    }

    @Test
    @DisplayName("CD-25: three levels, of which the deepest that matches decides")
    void threeLevels() {
        var consent = deny(exceptPermit(purpose("TREAT").andThen(exceptDeny(type("Observation")))));
        assertPermit(BY_A, condition(), consent);
        assertDeny(BY_A, o1(), consent);
        assertDeny(use(DR_A, "HPAYMT", ImplicitPolicy.ALL_NORMAL), condition(), consent);
    }

    @Test
    @DisplayName("CD-27: plain R4 starts from its policy rule")
    void policyRule() {
        var consent = plain();
        consent.getPolicyRule().addCoding(new Coding(CodeSystems.ACT_CODE, "OPTIN", null));
        exceptDeny(purpose("HRESCH")).accept(consent.getProvision());
        assertPermit(BY_A, o1(), consent);
        assertDeny(use(RESEARCH, "HRESCH", ImplicitPolicy.ALL_NORMAL), o1(), consent);
        var optedOut = plain();
        optedOut.getPolicyRule().addCoding(new Coding(CodeSystems.ACT_CODE, "OPTOUTE", null));
        assertDeny(BY_A, o1(), optedOut);
    }

    @Test
    @DisplayName("CD-29: without type and policy rule a consent denies, and somebody has to look at it")
    void withoutBase() {
        assertThat(decide(BY_A, o1(), plain())).isEqualTo(new Deny(Reason.NO_BASE, "Consent/c1/_history/1 provision"));
    }

    @Test
    @DisplayName("CD-31: of two consents under one policy the newest counts")
    void newest() {
        assertDeny(BY_A, o1(), given(permit(always()), "2024"), given(deny(always()), "2025"));
        assertPermit(BY_A, o1(), given(permit(always()), "2025"), given(deny(always()), "2024"));
        assertDeny(BY_A, o1(), given(permit(always()), "2025"), given(deny(always()), "2025-03-01"));
    }

    @Test
    @DisplayName("CD-31: a newer text of a policy is of the same policy")
    void newestText() {
        var first = given("http://policy|1", permit(always()), "2024");
        assertDeny(BY_A, o1(), first, given("http://policy|2", deny(always()), "2025"));
        assertPermit(BY_A, o1(), given("http://policy|1", deny(always()), "2024"), given(permit(always()), "2025"));
        assertDeny(BY_A, o1(), given(deny(always()), "2024"), given("http://policy2", permit(always()), "2025"));
    }

    @Test
    @DisplayName("CD-33: a nested deny for somebody unknown may be for anybody")
    void unresolvableActor() {
        for (var unknown : List.of("Practitioner/ghost", "Group/vague", "http://elsewhere/fhir/Practitioner/dr-b")) {
            assertDeny(BY_A, o1(), permit(exceptDeny(actor(unknown))));
        }
        var byName =
                permit(exceptDeny(provision -> provision.addActor().setReference(new Reference().setDisplay("Dr B"))));
        assertDeny(BY_A, o1(), byName);
    }

    @Test
    @DisplayName("CD-35: a consent on the old id holds after a merge")
    void merged() {
        var resource = read(observation("o1", "2022-05", "dr-a"), new Person("alice-new", Set.of("alice")));
        assertDeny(BY_A, resource, deny(always()));
    }

    @Test
    @DisplayName("CD-37: of ten observations three are denied (the bundle without total needs the server)")
    void tenObservations() {
        var consent = permit(exceptDeny(data(AUTHOREDBY, "Practitioner/dr-b")));
        var seen = IntStream.range(0, 10)
                .mapToObj(number -> ofAlice(observation("n" + number, "2022", number < 3 ? "dr-b" : "dr-a")))
                .filter(resource -> decide(BY_A, resource, consent).permitted());
        assertThat(seen).hasSize(7);
    }

    @Test
    @DisplayName("CD-39: a deny of an organization closes writing to it too (the answer F403 needs the server)")
    void write() {
        var consent = deny(actor("Organization/h2"));
        assertDeny(doing(BY_B, Action.COLLECT), o1(), consent);
        assertDeny(doing(BY_B, Action.CORRECT), o1(), consent);
        assertPermit(doing(BY_A, Action.COLLECT), o1(), consent);
        assertPermit(doing(BY_B, Action.COLLECT), o1());
        assertDeny(doing(treatment(CLERK), Action.COLLECT), o1());
    }

    @Test
    @DisplayName("CD-41: the own record is open whatever the consent says, but for what a law withholds")
    void ownRecord() {
        var own = use(ALICE, "PATRQT", ImplicitPolicy.DENY);
        assertPermit(own, o1(), deny(always()));
        assertThat(decide(own, ofAlice(labelled(observation("o8", "2023", "dr-a"), "NOPAT"))))
                .isEqualTo(new Deny(Reason.CLOSED_BY_LAW, "label"));
    }

    @Test
    @DisplayName("CD-43: the purpose of the token counts (that a header does not needs the server)")
    void purposeOfTheToken() {
        var consent = deny(exceptPermit(purpose("BTG")));
        assertDeny(BY_A, o1(), consent);
    }

    @Test
    @DisplayName("CD-45: related to an encounter means what it names in R4 and what was made in it in PCF")
    void related() {
        var consent = permit(data(RELATED, "Encounter/e1"));
        assertDeny(BY_A, o1(), consent);
        assertPermit(BY_A, condition(), consent);
        assertPermit(BY_A, o1(), declaringPcf(consent));
        var denial = permit(exceptDeny(data(RELATED, "Encounter/e1")));
        assertDeny(BY_A, o1(), denial);
        assertDeny(BY_A, condition(), denial);
        assertPermit(BY_A, o3(), denial);
    }

    private static Consent given(Consent consent, String dated) {
        return given("http://policy", consent, dated);
    }

    private static Consent given(String policy, Consent consent, String dated) {
        consent.setId("Consent/" + dated);
        return under(consent, policy, "Organization/h1", dated);
    }
}
