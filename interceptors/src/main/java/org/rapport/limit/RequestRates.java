package org.rapport.limit;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many requests a minute each instance takes at the FHIR base. Whoever was silent for a minute may send all of them at
 * once; then they come back evenly. More get a 429 that says when to try again.
 *
 * @param user of one person, through all apps
 * @param client of one app, for all its users
 * @param system of one client that acts by itself, such as an interface engine
 * @param address from one network address, with or without a token; raise it where all people come through one proxy
 */
@Validated
@ConfigurationProperties("rapport.limit.rate")
public record RequestRates(
        @Min(1) @Max(RequestRates.MOST) @DefaultValue("1200")
        int user,

        @Min(1) @Max(RequestRates.MOST) @DefaultValue("30000")
        int client,

        @Min(1) @Max(RequestRates.MOST) @DefaultValue("60000")
        int system,

        @Min(1) @Max(RequestRates.MOST) @DefaultValue("120000")
        int address) {

    static final int MOST = 10_000_000;
}
