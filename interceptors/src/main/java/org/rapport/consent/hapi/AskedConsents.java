package org.rapport.consent.hapi;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.AccessDecision;
import org.rapport.access.Action;
import org.rapport.access.Consents;
import org.rapport.access.Target;
import org.rapport.consent.ConsentDecision;
import org.rapport.consent.ConsentDecision.Permit;
import org.rapport.consent.ConsentRules;
import org.rapport.consent.ProtectedResource.Person;
import org.rapport.consent.RecordedConsent;
import org.rapport.consent.Use;
import org.rapport.consent.Use.Recipient;
import org.rapport.consent.hapi.ConsentsOnFile.Ground;
import org.rapport.consent.hapi.KeptConsents.Moment;
import org.rapport.consent.hapi.StoredConsents.OnFile;

/** The consents for one request: those of a patient are read once at most. A search reads in a thread of its own. */
final class AskedConsents implements Consents.Asked {

    private final Map<String, OnFile> read = new ConcurrentHashMap<>();
    private final Map<Set<String>, File> files = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> belongings = new ConcurrentHashMap<>();
    private final Ground ground;
    private final Asker asker;
    private final Moment moment;
    private final Instant now;

    AskedConsents(Ground ground, Asker asker, Moment moment, Instant now) {
        this.ground = ground;
        this.asker = asker;
        this.moment = moment;
        this.now = now;
    }

    @Override
    public void prepare(Set<String> patients) {
        var missing = new HashSet<>(patients);
        missing.removeAll(asker.ownRecords());
        missing.removeAll(read.keySet());
        if (!missing.isEmpty()) {
            read.putAll(ground.kept().of(missing, moment));
        }
    }

    @Override
    public AccessDecision decide(Action action, Target.Resource target) {
        return target.content().isEmpty()
                ? new AccessDecision.Deny("consent cannot be asked about what is not at hand")
                : decide(action, target, target.content().get())
                        .fold(
                                permit -> new AccessDecision.Permit(),
                                deny -> new AccessDecision.Deny("consent: " + deny.reason() + " by " + deny.path()));
    }

    @Override
    public Set<String> permitting(Action action, Target.Resource target) {
        return target.content()
                .map(content -> decide(action, target, content).fold(Permit::rules, deny -> Set.<String>of()))
                .orElse(Set.of());
    }

    private ConsentDecision decide(Action action, Target.Resource target, Resource resource) {
        var file = files.computeIfAbsent(target.patients(), this::file);
        var use = Asker.use(action.permission());
        boolean asItIs = use == Use.Action.ACCESS
                ? target.id().isPresent()
                : file.consents().isEmpty();
        var content = asItIs
                ? ground.reader().read(resource, file.people())
                : ground.reader().readLabelled(labelled(resource), file.people());
        return ConsentRules.decide(
                new Use(file.recipient(), asker.purpose(), use, now, ground.house()), content, file.consents());
    }

    /**
     * What is on file about all patients whom a resource belongs to.
     *
     * @param people without those whose record is the asker's own
     * @param consents of all of them
     * @param recipient the asker, as far as they name anybody
     */
    private record File(Set<Person> people, List<RecordedConsent> consents, Recipient recipient) {}

    private File file(Set<String> patients) {
        prepare(patients);
        var known = patients.stream()
                .filter(id -> !asker.ownRecords().contains(id))
                .map(id -> Optional.ofNullable(read.get(id)).orElseThrow())
                .toList();
        var consents = known.stream().flatMap(each -> each.consents().stream()).toList();
        return new File(
                known.stream().map(OnFile::person).collect(Collectors.toUnmodifiableSet()),
                consents,
                recipient(consents.isEmpty()));
    }

    /** With the labels that it would get: what is not written by itself has none, or only those that its sender gave it. */
    private Resource labelled(Resource sent) {
        var stored = sent.copy();
        ground.labelling().label(stored);
        return stored;
    }

    /** No consent names anybody: it does not matter what the caller belongs to. */
    private Recipient recipient(boolean nobodyIsNamed) {
        var names = nobodyIsNamed ? Set.<String>of() : names();
        Set<String> withheld = asker.ownRecords().isEmpty() ? Set.of() : ground.withheld();
        return new Recipient(names, asker.treats(), asker.ownRecords(), withheld);
    }

    private Set<String> names() {
        return asker.user()
                .map(user ->
                        belongings.computeIfAbsent(user, name -> ground.kept().belongingsOf(name, moment)))
                .orElse(Set.of());
    }
}
