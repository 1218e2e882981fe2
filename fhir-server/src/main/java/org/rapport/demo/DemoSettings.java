package org.rapport.demo;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The demo: people, clients and devices to try everything with, and a mail catcher. Never for real patients.
 *
 * @param enabled whether the demo world is made and the mail catcher runs; {@code ./run} sets it unless told otherwise
 * @param smtpPort TCP port of the mail catcher, 1 to 65535; 0 takes a free one
 */
@Validated
@ConfigurationProperties("rapport.demo")
public record DemoSettings(
        @DefaultValue("false") boolean enabled,
        @Min(0) @Max(65_535) @DefaultValue("3025") int smtpPort) {

    /** The property that turns the demo on. */
    public static final String ENABLED = "rapport.demo.enabled";
}
