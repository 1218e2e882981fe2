package org.rapport.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.rapport.audit.Agent;
import org.rapport.audit.AuditEntry;
import org.rapport.audit.Deed;
import org.rapport.audit.Entity;
import org.rapport.audit.LateEntry;
import org.rapport.chain.CanonicalJson;
import org.rapport.chain.Hash;

/**
 * A row of the audit log as it stands in a journal: canonical JSON with its own hash, so that no other text says the same.
 *
 * @param journal whose line it is
 * @param number its place, from 1, without a gap
 * @param time when it was written, by the clock of the server
 * @param entry the row
 * @param before the hash of the line before it; {@link Hash#NOTHING} for the first
 */
record JournalLine(UUID journal, long number, Instant time, AuditEntry entry, Hash before) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads a line; empty when it is not, to the letter, one that {@link #text} has written. */
    static Optional<JournalLine> parse(String text) {
        try {
            return Optional.of(of(JSON.readTree(text)))
                    .filter(line -> line.text().equals(text));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The line of the file, without its end. */
    String text() {
        var members = members();
        members.put("hash", hash().hex());
        return CanonicalJson.text(members);
    }

    /** The SHA-256 of all it says, the hash before it included. */
    Hash hash() {
        return Hash.sha256(CanonicalJson.bytes(members()));
    }

    /** The row that it becomes. */
    LateEntry late() {
        return new LateEntry(time, journal + "/" + number, entry);
    }

    private SortedMap<String, Object> members() {
        var agent = entry.agent();
        var entity = entry.entity();
        var members = new TreeMap<String, Object>();
        members.put("before", before.hex());
        members.put("journal", journal.toString());
        members.put("number", number);
        members.put("time", time.toString());
        members.put("request", entry.request());
        members.put("interaction", entry.deed().code());
        members.put("status", (long) entry.status());
        members.put("times", (long) entry.times());
        put(members, "subject", agent.subject());
        put(members, "client", agent.client());
        put(members, "fhir_user", agent.fhirUser());
        put(members, "address", agent.address());
        put(members, "token", agent.authority().token());
        put(members, "purpose", agent.authority().purpose());
        put(members, "resource_type", entity.type());
        put(members, "resource_id", entity.id());
        put(members, "version", entity.version());
        put(members, "patient", entity.patient());
        put(members, "query", entry.query());
        return members;
    }

    private static void put(SortedMap<String, Object> members, String name, Optional<?> value) {
        value.ifPresent(present -> members.put(name, present));
    }

    private static JournalLine of(JsonNode json) {
        var agent = new Agent(
                given(json, "subject"),
                given(json, "client"),
                given(json, "fhir_user"),
                given(json, "address"),
                new Agent.Authority(given(json, "token"), given(json, "purpose")));
        var entity = new Entity(
                given(json, "resource_type"),
                given(json, "resource_id"),
                given(json, "version").map(Long::valueOf),
                given(json, "patient"));
        var entry = new AuditEntry(
                text(json, "request"),
                agent,
                Deed.of(text(json, "interaction")),
                json.path("status").asInt(),
                entity,
                given(json, "query"),
                json.path("times").asInt());
        return new JournalLine(
                UUID.fromString(text(json, "journal")),
                json.path("number").asLong(),
                Instant.parse(text(json, "time")),
                entry,
                Hash.ofHex(text(json, "before")));
    }

    private static Optional<String> given(JsonNode json, String name) {
        return Optional.ofNullable(json.get(name)).map(JsonNode::asText);
    }

    private static String text(JsonNode json, String name) {
        return json.path(name).asText();
    }
}
