package org.rapport.labelling;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What makes a resource sensitive.
 *
 * @param lists files of code lists, which take the place of the ones shipped; each line reads label | confidentiality |
 *     code system | codes, such as HIV | R | http://loinc.org | 75622-1 56888-1
 */
@Validated
@ConfigurationProperties("rapport.labels")
public record LabelSettings(@NotNull @DefaultValue List<Path> lists) {

    /** Keeps its own copy. */
    public LabelSettings {
        lists = List.copyOf(lists);
    }
}
