package org.rapport.consent.fhir;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/** Random consents and requests out of so few words that they often meet. */
final class RandomCases {

    private static final List<String> ACTORS = List.of(
            "Practitioner/dr-a",
            "Practitioner/dr-b",
            "Practitioner/r1",
            "Organization/h1",
            "Organization/h2",
            "Group/g");
    private static final List<String> UNRESOLVABLE =
            List.of("Practitioner/ghost", "Group/vague", "http://elsewhere/fhir/Practitioner/dr-a", "#contained");
    private static final List<String> PURPOSES = List.of("TREAT", "HPAYMT", "HRESCH", "BTG", "ETREAT");
    private static final List<String> LABELS =
            List.of("U", "L", "M", "N", "R", "V", "PSY", "SDV", "ETH", "ETHUD", "OPIOIDUD", "HIV", "MH");
    private static final List<String> RESOURCE_LABELS =
            List.of("L", "N", "R", "R", "V", "PSY", "SDV", "ETH", "ETHUD", "OPIOIDUD", "HIV");
    private static final List<String> DATES = List.of(
            "2021",
            "2022",
            "2022-05",
            "2022-05-31",
            "2022-06-01",
            "2022-06-01T00:00:00+02:00",
            "2023",
            "2022-05-31T23:59:59+02:00");
    private static final List<String> DAYS =
            List.of("2025", "2026-02", "2026-02-28", "2026-03-01", "2026-03-01T12:00:00Z", "2026-03-02", "2027");
    private static final List<Instant> NOWS = List.of(
            Instant.parse("2026-02-28T22:59:59Z"),
            Instant.parse("2026-02-28T23:00:00Z"),
            Instant.parse("2026-03-01T12:00:00Z"),
            Instant.parse("2026-03-01T12:00:01Z"),
            Instant.parse("2026-03-01T23:00:00Z"));
    private static final List<String> PARTS =
            List.of("Observation/o1", "Condition/k1", "Encounter/e1", "CarePlan/plan", "Encounter/ghost");
    private static final List<String> AUTHORS = List.of("Practitioner/dr-a", "Practitioner/dr-b");
    private static final List<String> CODES = List.of("1", "2");

    private final Random random;

    RandomCases(long seed) {
        this.random = new Random(seed);
    }

    List<Consent> consents() {
        return IntStream.range(0, random.nextInt(4)).mapToObj(this::consent).toList();
    }

    private Consent consent(int number) {
        var consent = TestConsents.plain();
        consent.setId("Consent/c" + number);
        consent.setPatient(new Reference("Patient/" + any(List.of("alice", "alice", "alice-old", "bob"))));
        fill(consent.getProvision(), 0);
        if (oneIn(3)) {
            consent.getProvision().setType(null);
            consent.getPolicyRule()
                    .addCoding(
                            new Coding(CodeSystems.ACT_CODE, any(List.of("OPTIN", "OPTINR", "OPTOUT", "GDPR")), null));
        }
        if (oneIn(3)) {
            TestConsents.declaringPcf(consent);
        }
        if (oneIn(2)) {
            TestConsents.under(
                    consent,
                    any(List.of("http://p1", "http://p2", "http://p1|1", "http://p1|2", "http://p2|1")),
                    any(List.of("Organization/h1", "Organization/h2")),
                    any(DAYS));
        }
        if (oneIn(25)) {
            consent.addModifierExtension(modifier());
        }
        if (oneIn(25)) {
            consent.setImplicitRules("http://rules");
        }
        return consent;
    }

    private void fill(ProvisionComponent provision, int depth) {
        provision.setType(random.nextBoolean() ? ConsentProvisionType.PERMIT : ConsentProvisionType.DENY);
        some(4, () -> provision.addActor().setReference(new Reference(any(oneIn(8) ? UNRESOLVABLE : ACTORS))));
        some(4, () -> provision.addPurpose(coding(CodeSystems.PURPOSE, any(PURPOSES))));
        some(
                8,
                () -> provision.addAction(new CodeableConcept(coding(
                        CodeSystems.ACTION, any(List.of("access", "collect", "correct", "use", "disclose", "else"))))));
        if (oneIn(6)) {
            provision.setPeriod(period(DAYS));
        }
        some(5, () -> provision.addSecurityLabel(label(any(LABELS))));
        some(8, () -> provision.addClass_(coding(CodeSystems.RESOURCE_TYPE, any(List.of("Observation", "Condition")))));
        some(8, () -> provision.addCode(new CodeableConcept(coding("http://loinc.org", any(CODES)))));
        if (oneIn(8)) {
            provision.setDataPeriod(period(DATES));
        }
        some(6, () -> part(provision));
        if (oneIn(30)) {
            provision.addModifierExtension(modifier());
        }
        int nested = depth > 2 ? 0 : random.nextInt(3);
        IntStream.range(0, nested).forEach(child -> fill(provision.addProvision(), depth + 1));
    }

    private void part(ProvisionComponent provision) {
        var meaning = any(List.of(
                ConsentDataMeaning.INSTANCE,
                ConsentDataMeaning.RELATED,
                ConsentDataMeaning.DEPENDENTS,
                ConsentDataMeaning.AUTHOREDBY));
        var reference = any(meaning == ConsentDataMeaning.AUTHOREDBY ? AUTHORS : PARTS);
        var data = provision.addData().setMeaning(meaning).setReference(new Reference(reference));
        if (oneIn(15)) {
            data.addModifierExtension(modifier());
        }
    }

    private Coding label(String code) {
        return coding(code.length() == 1 ? CodeSystems.CONFIDENTIALITY : CodeSystems.ACT_CODE, code);
    }

    private Coding coding(String system, String code) {
        return new Coding(oneIn(20) ? "http://unknown" : system, code, null);
    }

    private Period period(List<String> points) {
        var period = new Period();
        boolean open = oneIn(3);
        if (!open || random.nextBoolean()) {
            period.setStartElement(new DateTimeType(any(points)));
        }
        if (!open || !period.hasStart()) {
            period.setEndElement(new DateTimeType(any(points)));
        }
        return period;
    }

    private static Extension modifier() {
        return new Extension("http://modifier", new StringType("x"));
    }

    Sample sample() {
        return new Sample(
                new Sample.Caller(
                        subset(ACTORS, 3),
                        !oneIn(3),
                        oneIn(10) ? Set.of(any(List.of("alice", "alice-old", "bob"))) : Set.of()),
                any(PURPOSES),
                any(List.of("access", "access", "collect", "correct")),
                any(NOWS),
                any(List.of("basic-normal", "all-normal", "break-glass-only", "deny")),
                data());
    }

    private Sample.Data data() {
        var type = any(List.of("Observation", "Condition"));
        return new Sample.Data(
                type,
                type.equals("Observation") ? any(List.of("o1", "o2")) : any(List.of("k1", "k2")),
                any(List.of(
                        List.of(List.of("alice", "alice-old")),
                        List.of(List.of("alice", "alice-old")),
                        List.of(List.of("bob")),
                        List.of(List.of("alice"), List.of("bob")),
                        List.of())),
                oneIn(4) ? Optional.empty() : Optional.of(any(DATES)),
                oneIn(4) ? Set.of() : Set.of(any(AUTHORS)),
                subset(PARTS, 3),
                subset(CODES, 2),
                subset(RESOURCE_LABELS, 5),
                !oneIn(4));
    }

    private <T> Set<T> subset(List<T> of, int rarity) {
        var chosen = new HashSet<T>();
        of.forEach(element -> {
            if (oneIn(rarity)) {
                chosen.add(element);
            }
        });
        return chosen;
    }

    /** Does something once or twice, once in so many times. */
    private void some(int rarity, Runnable addition) {
        if (oneIn(rarity)) {
            addition.run();
            if (oneIn(2)) {
                addition.run();
            }
        }
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    private boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
