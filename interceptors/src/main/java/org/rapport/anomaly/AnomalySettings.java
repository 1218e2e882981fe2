package org.rapport.anomaly;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.ZoneId;
import java.util.Set;
import org.rapport.suspicion.Limits;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where suspicion begins when the server looks through the audit log.
 *
 * @param patients of how many patients one user or client may read within ten minutes
 * @param resources how often one user or client may read within ten minutes
 * @param unrelated of how many patients whom they do not treat clinicians may read within a day
 * @param trustedClients ids of clients that act by themselves and read much because it is their work, such as an interface
 *     engine; their exports in bulk are told of all the same
 * @param zone time zone of the house, for what is an unusual hour, such as Europe/Berlin
 */
@Validated
@ConfigurationProperties("rapport.anomaly")
public record AnomalySettings(
        @Min(1) @Max(100_000) @DefaultValue("50") int patients,
        @Min(1) @Max(1_000_000) @DefaultValue("500") int resources,
        @Min(1) @Max(10_000) @DefaultValue("5") int unrelated,
        @NotNull @DefaultValue Set<String> trustedClients,
        @NotNull @DefaultValue("UTC") ZoneId zone) {

    /** Keeps its own copy of the clients. */
    public AnomalySettings {
        trustedClients = Set.copyOf(trustedClients);
    }

    /** The same for the rules. */
    public Limits limits() {
        return new Limits(patients, resources, unrelated, trustedClients, zone);
    }
}
