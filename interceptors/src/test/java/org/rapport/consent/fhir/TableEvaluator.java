package org.rapport.consent.fhir;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;

/**
 * The algorithm of the security reference, section 3.2, a second time: as tables and sets, straight from the FHIR resource.
 *
 * <p>Each consent becomes a table with a row for each provision and a column for each element. A cell says y, n or ? of a
 * request; a row is in when no cell takes it out; rows above a row that is in are struck out; what is left decides. It
 * shares nothing with the rules it is compared with.
 */
final class TableEvaluator {

    private final Sample asked;
    private final String self;
    private final Map<String, Set<String>> glassOrNot;

    private TableEvaluator(Sample asked) {
        this.asked = asked;
        this.self = asked.data().type() + "/" + asked.data().id();
        this.glassOrNot = new HashMap<>();
    }

    /** Whether the request is permitted. */
    static boolean permits(Sample asked, List<Consent> consents) {
        return new TableEvaluator(asked).permits(consents);
    }

    private boolean permits(List<Consent> consents) {
        if (Tables.GLASS.contains(asked.purpose()) && level().equals("V")) {
            return false;
        }
        var verdicts = new TreeSet<String>();
        for (var person : asked.data().patients()) {
            if (person.stream().noneMatch(asked.who().own()::contains)) {
                verdicts.addAll(verdictsFor(person, consents));
            }
        }
        return !verdicts.contains("deny");
    }

    private Set<String> verdictsFor(List<String> person, List<Consent> consents) {
        var collected = consents.stream()
                .filter(consent ->
                        person.contains(consent.getPatient().getReference().replace("Patient/", "")))
                .filter(consent -> !consent.getProvision().hasPeriod()
                        || Seconds.within(Seconds.of(consent.getProvision().getPeriod()), asked.now()))
                .toList();
        if (collected.isEmpty()) {
            return Set.of(implicit());
        }
        return collected.stream()
                .filter(consent -> collected.stream().noneMatch(other -> isNewer(other, consent)))
                .map(this::verdict)
                .collect(Collectors.toSet());
    }

    private boolean isNewer(Consent newer, Consent older) {
        return newer.hasPolicy()
                && newer.hasOrganization()
                && older.hasPolicy()
                && unversioned(newer).equals(unversioned(older))
                && newer.getOrganization()
                        .get(0)
                        .getReference()
                        .equals(older.getOrganizationFirstRep().getReference())
                && Seconds.of(newer.getDateTimeElement())[0] >= Seconds.of(older.getDateTimeElement())[1];
    }

    private static String unversioned(Consent consent) {
        return consent.getPolicyFirstRep().getUri().replaceFirst("[|].*", "");
    }

    private String implicit() {
        if (!asked.action().equals("access")) {
            return asked.who().treats() ? "permit" : "deny";
        }
        var open = new HashSet<String>();
        if (asked.who().treats()) {
            open.addAll(Set.of(
                    "basic-normal TREAT",
                    "basic-normal BTG",
                    "basic-normal ETREAT",
                    "break-glass-only BTG",
                    "break-glass-only ETREAT"));
        }
        return asked.implicit().equals("all-normal") || open.contains(asked.implicit() + " " + asked.purpose())
                ? "permit"
                : "deny";
    }

    private String verdict(Consent consent) {
        var base = base(consent);
        if (base.equals("none")) {
            return "deny";
        }
        Map<List<Integer>, Row> table = new LinkedHashMap<>();
        boolean dark = consent.hasModifierExtension() || consent.hasImplicitRules();
        boolean pcf = consent.getMeta().hasProfile();
        new Row(base, dark, pcf, Map.of()).fill(table, List.of(), consent.getProvision());
        var in = table.entrySet().stream().filter(row -> isIn(row.getValue())).toList();
        var deepest = in.stream()
                .filter(row -> in.stream().noneMatch(other -> Row.isBelow(other.getKey(), row.getKey())))
                .map(row -> row.getValue().effect())
                .collect(Collectors.toSet());
        if (deepest.isEmpty()) {
            return base.equals("permit") ? "deny" : implicit();
        }
        return deepest.contains("deny") ? "deny" : "permit";
    }

    private static String base(Consent consent) {
        if (consent.getProvision().hasType()) {
            return consent.getProvision().getType().toCode();
        }
        return switch (consent.getPolicyRule().getCodingFirstRep().getCode()) {
            case "OPTIN", "OPTINR" -> "permit";
            case "OPTOUT" -> "deny";
            default -> "none";
        };
    }

    private boolean isIn(Row row) {
        var cells = new StringBuilder();
        if (row.dark()) {
            cells.append('?');
        } else {
            row.groups().forEach((group, provision) -> cells.append(cells(group, provision, row)));
        }
        var out = row.effect().equals("permit") ? Set.of('n', '?') : Set.of('n');
        return cells.chars().noneMatch(cell -> out.contains((char) cell));
    }

    private String cells(String group, ProvisionComponent provision, Row row) {
        return switch (group) {
            case "actor" ->
                anyOf(provision.getActor().stream()
                        .map(actor -> actor(actor.getReference().getReference())));
            case "purpose" ->
                anyOf(provision.getPurpose().stream()
                        .map(code -> coded(code, "http://terminology.hl7.org/CodeSystem/v3-ActReason", alike())));
            case "action" -> anyOf(provision.getAction().stream().map(action -> action(action.getCodingFirstRep())));
            case "period" -> Seconds.within(Seconds.of(provision.getPeriod()), asked.now()) ? "y" : "n";
            default -> data(provision, row);
        };
    }

    private Set<String> alike() {
        return glassOrNot.computeIfAbsent(
                asked.purpose(), purpose -> Tables.GLASS.contains(purpose) ? Tables.GLASS : Set.of(purpose));
    }

    private String actor(String reference) {
        return Tables.KNOWN_ACTORS.contains(reference)
                ? asked.who().references().contains(reference) ? "y" : "n"
                : "?";
    }

    private String action(Coding action) {
        boolean known = action.getSystem().equals("http://terminology.hl7.org/CodeSystem/consentaction")
                && Tables.ACTIONS.containsKey(action.getCode());
        return !known
                ? "?"
                : Tables.ACTIONS.getOrDefault(action.getCode(), Set.of()).contains(asked.action()) ? "y" : "n";
    }

    private static String coded(Coding code, String system, Set<String> wanted) {
        return !system.equals(code.getSystem()) ? "?" : wanted.contains(code.getCode()) ? "y" : "n";
    }

    private String data(ProvisionComponent provision, Row row) {
        var cells = new StringBuilder();
        if (provision.hasSecurityLabel()) {
            cells.append(labels(provision.getSecurityLabel(), row.effect()));
        }
        if (provision.hasClass_()) {
            cells.append(anyOf(provision.getClass_().stream()
                    .map(type -> coded(
                            type,
                            "http://hl7.org/fhir/resource-types",
                            Set.of(asked.data().type())))));
        }
        if (provision.hasCode()) {
            cells.append(anyOf(provision.getCode().stream()
                    .map(code -> coded(
                            code.getCodingFirstRep(),
                            "http://loinc.org",
                            asked.data().codes()))));
        }
        if (provision.hasDataPeriod()) {
            cells.append(dated(Seconds.of(provision.getDataPeriod()), row.effect()));
        }
        if (provision.hasData()) {
            cells.append(anyOf(provision.getData().stream()
                    .map(data -> data.hasModifierExtension()
                            ? "?"
                            : part(data.getMeaning(), data.getReference().getReference(), row))));
        }
        return cells.toString();
    }

    private String labels(List<Coding> named, String effect) {
        var known = named.stream()
                .filter(label -> !label.getSystem().equals("http://unknown"))
                .map(Coding::getCode)
                .collect(Collectors.toSet());
        boolean doubt =
                known.size() < named.stream().map(Coding::getCode).distinct().count()
                        || named.stream().anyMatch(label -> label.getSystem().equals("http://unknown"));
        var reach = effect.equals("permit") ? Tables.PERMIT_REACHES : Tables.DENY_REACHES;
        boolean byLevel = known.stream()
                .anyMatch(code -> reach.getOrDefault(code, Set.of()).contains(level()));
        var covered = known.stream()
                .flatMap(code -> Tables.SENSITIVE.getOrDefault(code, Set.of()).stream())
                .collect(Collectors.toSet());
        var sensitive = sensitivities();
        boolean bySensitivity;
        if (effect.equals("permit")) {
            bySensitivity = asked.data().seen()
                    && !sensitive.isEmpty()
                    && covered.containsAll(sensitive)
                    && !level().equals("V");
        } else {
            bySensitivity = sensitive.stream().anyMatch(covered::contains);
            doubt |= !asked.data().seen() && !covered.isEmpty();
        }
        return byLevel || bySensitivity ? "y" : doubt ? "?" : "n";
    }

    private Set<String> sensitivities() {
        return asked.data().labels().stream()
                .filter(label -> label.length() > 1)
                .collect(Collectors.toSet());
    }

    private String level() {
        var labels = asked.data().labels();
        return Tables.FROM_THE_TOP.stream()
                .filter(labels::contains)
                .findFirst()
                .orElse(labels.isEmpty() && asked.data().seen() ? "N" : "R");
    }

    private String dated(long[] period, String effect) {
        if (asked.data().dated().isEmpty()) {
            return "?";
        }
        var data = Seconds.of(asked.data().dated().get());
        boolean inside = period[0] <= data[0] && data[1] <= period[1];
        boolean outside = data[1] <= period[0] || period[1] <= data[0];
        return (effect.equals("permit") ? inside : !outside) ? "y" : "n";
    }

    private String part(ConsentDataMeaning meaning, String reference, Row row) {
        String itself = reference.equals(self) ? "y" : "n";
        String pointsAtIt = asked.data().references().contains(reference) ? "y" : "n";
        String pointedAt = Tables.POINTS_TO.containsKey(reference)
                ? Tables.POINTS_TO.get(reference).contains(self) ? "y" : "n"
                : "?";
        return switch (meaning) {
            case INSTANCE -> itself;
            case DEPENDENTS -> anyOf(Stream.of(itself, pointsAtIt));
            case AUTHOREDBY ->
                asked.data().authors().isEmpty() ? "?" : asked.data().authors().contains(reference) ? "y" : "n";
            default -> {
                boolean made = reference.startsWith("Encounter/") || reference.startsWith("CarePlan/");
                yield row.effect().equals("deny")
                        ? anyOf(Stream.of(itself, pointsAtIt, pointedAt))
                        : anyOf(Stream.of(itself, row.pcf() && made ? pointsAtIt : pointedAt));
            }
        };
    }

    private static String anyOf(Stream<String> repeats) {
        var all = repeats.collect(Collectors.toSet());
        return all.contains("y") ? "y" : all.contains("?") ? "?" : "n";
    }
}
