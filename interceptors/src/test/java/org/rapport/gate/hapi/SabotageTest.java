package org.rapport.gate.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.testing.RunningServer.get;
import static org.rapport.testing.RunningServer.send;

import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.rapport.access.Action;
import org.rapport.access.hapi.CallerAccess;
import org.rapport.testing.TestTokens;

/** Each hook holds something up by itself: with any of them left out, at least its own probe finds a hole. */
class SabotageTest extends TwoRecords {

    /** What must hold, by the hook that sees to it. */
    private final Map<String, BooleanSupplier> probes = new TreeMap<>(Map.of(
            "masks",
            this::reasonsAreKeptFromTheDesk,
            "access",
            () -> get("Observation/_history", ALICE).statusCode() == 403,
            "results",
            () -> !get("Patient/alice/$everything", ALICE).body().contains("\"id\":\"of-bob\""),
            "writes",
            this::nothingMoves,
            "bundles",
            this::nothingIsDeletedByABatch,
            "gate",
            () -> get("Patient?_content=1", ALICE).statusCode() == 403,
            "narrowing",
            this::searchesAreNarrowed,
            "links",
            this::stepsAreAnswered,
            "references",
            this::theHiddenIsNotReferredTo));

    @Test
    void everyProbeHoldsWithEveryHook() {
        assertThat(holes()).isEmpty();
    }

    @Test
    void withoutAdmission() {
        server.with(
                server.hooks().access(), List.of(), () -> assertThat(holes()).contains("access", "gate", "bundles"));
    }

    @Test
    void withoutTheFilterOfResults() {
        server.with(
                server.hooks().results(), List.of(), () -> assertThat(holes()).containsExactly("results"));
    }

    @Test
    void withoutTheJudgeOfWrites() {
        server.with(
                server.hooks().writes(), List.of(), () -> assertThat(holes()).containsExactly("references", "writes"));
    }

    @Test
    void withoutMasks() {
        server.with(server.hooks().masks(), List.of(), () -> assertThat(holes()).containsExactly("masks"));
    }

    @Test
    void withoutTheGateOfBundles() {
        assertThat(holesWith(new Lax(server.parts(), "bundles"))).containsExactly("bundles");
    }

    @Test
    void withoutTheGateOfSearches() {
        assertThat(holesWith(new Lax(server.parts(), "gate"))).containsExactly("gate");
    }

    @Test
    void withoutNarrowing() {
        assertThat(holesWith(new Lax(server.parts(), "narrowing"))).containsExactly("narrowing");
    }

    @Test
    void withoutAnswersToLinks() {
        assertThat(holesWith(new Lax(server.parts(), "links"))).containsExactly("links");
    }

    private List<String> holesWith(Lax lax) {
        var holes = new ArrayList<String>();
        server.with(server.hooks().access(), List.of(lax), () -> holes.addAll(holes()));
        return holes;
    }

    private List<String> holes() {
        return probes.entrySet().stream()
                .filter(probe -> !probe.getValue().getAsBoolean())
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean reasonsAreKeptFromTheDesk() {
        var visit = new Appointment().setComment("why");
        visit.setId("of-the-desk");
        server.store(visit);
        return !get("Appointment/of-the-desk", TestTokens.person("desk", "clerk"))
                .body()
                .contains("why");
    }

    private boolean nothingMoves() {
        send("PUT", "/Observation/of-alice", DR_X, observation("of-alice", "bob"));
        boolean held = subject("of-alice").equals("Patient/alice");
        server.store(observation("of-alice", "alice"));
        return held;
    }

    private boolean nothingIsDeletedByABatch() {
        var batch = bundle(BundleType.BATCH);
        add(batch, HTTPVerb.DELETE, "Observation/of-alice");
        return send("POST", "", DR_X, batch).statusCode() == 403;
    }

    private boolean searchesAreNarrowed() {
        get("Observation?status=final", ALICE);
        return server.lastSearch("patient").equals(List.of("Patient/alice"));
    }

    private boolean stepsAreAnswered() {
        get("Patient?_has:Observation:subject:status=final", DR_X);
        return server.lastSearch("_has:Observation:subject:status").isEmpty();
    }

    private boolean theHiddenIsNotReferredTo() {
        var derived = observation("", "alice").addDerivedFrom(new Reference("Observation/of-bob"));
        return send("POST", "/Observation", DR_X, derived).statusCode() == 422;
    }

    /** The hook before a request, which neglects one of its duties. */
    @Interceptor(order = AccessInterceptor.ORDER)
    public static final class Lax extends AccessInterceptor {

        private final String neglected;

        Lax(TestFhirServer.Parts parts, String neglected) {
            super(parts.callers(), parts.stored(), parts.linked(), parts.pages(), parts.conditions());
            this.neglected = neglected;
        }

        @Override
        void gate(CallerAccess access, Action action, ServletRequestDetails request) {
            if (!neglected.equals("gate")) {
                super.gate(access, action, request);
            }
        }

        @Override
        void narrow(CallerAccess access, Action action, ServletRequestDetails request) {
            if (!neglected.equals("narrowing")) {
                super.narrow(access, action, request);
            }
        }

        @Override
        void admitBundle(CallerAccess access, Bundle bundle) {
            if (!neglected.equals("bundles")) {
                super.admitBundle(access, bundle);
            }
        }

        @Override
        void answerLinks(CallerAccess access, Action action, ServletRequestDetails request) {
            if (!neglected.equals("links")) {
                super.answerLinks(access, action, request);
            }
        }
    }
}
