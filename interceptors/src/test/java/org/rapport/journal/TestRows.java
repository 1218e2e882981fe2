package org.rapport.journal;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.rapport.audit.Agent;
import org.rapport.audit.AuditEntry;
import org.rapport.audit.Entity;
import org.rapport.audit.Interaction;

/** Rows of answers in an emergency. */
final class TestRows {

    private TestRows() {}

    /** Rows of one request, each of another resource. */
    static List<AuditEntry> of(String request, int count) {
        return IntStream.range(0, count).mapToObj(row -> row(request, row)).toList();
    }

    private static AuditEntry row(String request, int number) {
        var agent = new Agent(
                Optional.of("dr-brandt"),
                Optional.of("demo-app"),
                Optional.of("Practitioner/dr-brandt"),
                Optional.of("192.0.2.7"),
                new Agent.Authority(Optional.of("jti-1"), Optional.of("BTG")));
        var entity = new Entity(
                Optional.of("Observation"), Optional.of("o" + number), Optional.of(7L), Optional.of("alice"));
        return new AuditEntry(
                request, agent, Interaction.READ, 200, entity, Optional.of("name=\"Bö\\\nß\u2028\ud83d\ude91\""), 1);
    }
}
