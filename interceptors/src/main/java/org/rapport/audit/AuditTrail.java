package org.rapport.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rapport.access.Caller;

/** What one request leaves in the audit log, and whether it is there yet. */
public final class AuditTrail {

    /** Under this name a request from outside carries its trail. */
    public static final String ATTRIBUTE = AuditTrail.class.getName();

    private final Agent stranger;
    private volatile Optional<String> query;
    private volatile Agent.Authority authority = Agent.Authority.NONE;
    private volatile String request;
    private volatile boolean written;
    private final Set<Entity> changed = ConcurrentHashMap.newKeySet();
    private final Map<Entity, Set<String>> found = new ConcurrentHashMap<>();

    private AuditTrail(String request, Agent stranger, Optional<String> query) {
        this.request = request;
        this.stranger = stranger;
        this.query = query;
    }

    /**
     * The trail of a request from outside.
     *
     * @param request its id until the FHIR server gives it one
     * @param address where it came from
     * @param query the URL's part after the question mark
     */
    public static AuditTrail of(String request, String address, Optional<String> query) {
        return new AuditTrail(request, Agent.unknown(address), query);
    }

    /**
     * The trail of somebody who uses a link that was sent to a patient.
     *
     * @param request its id
     * @param address where it came from
     */
    public static AuditTrail ofLink(String request, String address) {
        return new AuditTrail(request, Agent.holderOfALink(address), Optional.empty());
    }

    /** The trail of work in the background. */
    public static AuditTrail ofServer(String request) {
        return new AuditTrail(request, Agent.SERVER, Optional.empty());
    }

    /** Takes over the id that answers and logs of this request carry. */
    public void rename(String id) {
        request = id;
    }

    /** Takes over by what right the request acts. */
    public void authorize(Agent.Authority given) {
        authority = given;
    }

    /** Takes over what a search asks in its body. */
    public void ask(String parameters) {
        query = Optional.of(parameters);
    }

    /** The id of the request. */
    public String request() {
        return request;
    }

    /**
     * Who acts.
     *
     * @param caller the {@link Caller} that the request carries, if it carries one
     */
    public Agent agent(@Nullable Object caller) {
        return caller instanceof Caller known ? Agent.of(known, stranger.address(), authority) : stranger;
    }

    /** Notes that its rows are committed, or that it needs none. */
    public void settle() {
        written = true;
    }

    /** Notes that the row of a change is committed with the change. */
    public void settle(String type, String id) {
        changed.add(new Entity(Optional.of(type), Optional.of(id), Optional.empty(), Optional.empty()));
        settle();
    }

    /** Notes what a create found that was made already, and in whose record. */
    public void found(String type, String id, Set<String> patients) {
        found.put(new Entity(Optional.of(type), Optional.of(id), Optional.empty(), Optional.empty()), patients);
    }

    /** In whose record it is, if a create found it. */
    public Optional<Set<String>> owners(Entity entity) {
        return Optional.ofNullable(found.get(entity));
    }

    /** In whose records all is that creates have found. */
    public Set<String> owners() {
        return found.values().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a change of it has a row. */
    public boolean tellsOfAChange(Entity entity) {
        return changed.contains(entity);
    }

    /** Whether nothing is left to write. */
    public boolean settled() {
        return written;
    }

    /** One row for each patient, or one without when nobody's record is touched. */
    public List<AuditEntry> entries(
            Agent agent, Interaction interaction, int status, Entity entity, Set<String> patients) {
        return entries(agent, new FhirPath(interaction, entity), query, status, patients);
    }

    /** The same of a part of the request that asks something of its own. */
    public List<AuditEntry> entries(
            Agent agent, FhirPath asked, Optional<String> part, int status, Set<String> patients) {
        var entities = patients.isEmpty()
                ? Stream.of(asked.entity())
                : patients.stream().sorted().map(asked.entity()::of);
        return entities.map(entity -> new AuditEntry(request, agent, asked.interaction(), status, entity, part, 1))
                .toList();
    }

    /**
     * A row for the rule of a consent that permitted the request.
     *
     * @param consent the version that has the rule, in the record of its patient
     * @param rule its place
     */
    public AuditEntry permitted(Agent agent, int status, Entity consent, String rule) {
        return new AuditEntry(request, agent, Authorization.CONSENT, status, consent, Optional.of(rule), 1);
    }
}
