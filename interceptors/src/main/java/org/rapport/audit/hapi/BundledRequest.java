package org.rapport.audit.hapi;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.rapport.audit.AuditTrail;
import org.rapport.audit.Entity;
import org.rapport.audit.FhirPath;
import org.rapport.audit.Interaction;

/**
 * What an entry of a batch or transaction asked for, and what came of it.
 *
 * @param line what it does to what, by the id that a new resource got
 * @param query what stands behind the question mark of its url, or the condition under which it creates
 * @param status HTTP status of its answer
 * @param sent what was to be written
 * @param shown what its answer holds
 */
record BundledRequest(
        FhirPath line,
        Optional<String> query,
        int status,
        @Nullable Resource sent,
        @Nullable Resource shown) {

    private static final int OK = 200;
    private static final int REFUSED = 400;
    private static final Set<Interaction> WRITES =
            EnumSet.of(Interaction.CREATE, Interaction.UPDATE, Interaction.PATCH, Interaction.DELETE);

    /** Those of a bundle, in its order. */
    static Stream<BundledRequest> of(Bundle asked, Bundle answered) {
        return IntStream.range(
                        0, Math.min(asked.getEntry().size(), answered.getEntry().size()))
                .mapToObj(place ->
                        of(asked.getEntry().get(place), answered.getEntry().get(place)));
    }

    private static BundledRequest of(BundleEntryComponent asked, BundleEntryComponent answered) {
        var url = asked.getRequest().getUrl().split("\\?", 2);
        var line = FhirPath.of(asked.getRequest().getMethod().toCode(), url[0]);
        return new BundledRequest(
                new FhirPath(line.interaction(), made(answered).orElse(line.entity())),
                Optional.of(url)
                        .filter(parts -> parts.length > 1)
                        .map(parts -> parts[1])
                        .or(() -> Optional.ofNullable(asked.getRequest().getIfNoneExist())),
                status(answered.getResponse().getStatus()),
                asked.getResource(),
                answered.getResource());
    }

    /** A status is followed by its name. */
    private static int status(@Nullable String answered) {
        return answered == null ? OK : Integer.parseInt(answered.split(" ", 2)[0]);
    }

    private static Optional<Entity> made(BundleEntryComponent answered) {
        return Optional.ofNullable(answered.getResponse().getLocation())
                .map(IdType::new)
                .filter(IdType::hasIdPart)
                .map(id -> new Entity(
                        Optional.ofNullable(id.getResourceType()),
                        Optional.of(id.getIdPart()),
                        Optional.empty(),
                        Optional.empty()));
    }

    boolean isRefused() {
        return status >= REFUSED;
    }

    /** Whether what it changed has a row already; a deletion by search has one of its own, for what it searched by. */
    boolean isRecorded(AuditTrail trail) {
        return !isRefused() && WRITES.contains(line.interaction()) && trail.tellsOfAChange(line.entity());
    }
}
