package org.rapport.limit;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How large a request to the FHIR base may be.
 *
 * @param resource largest body of a request about a single resource, such as 5MB; 1GB at most
 * @param bundle largest body of a batch or transaction, such as 32MB; 1GB at most
 * @param entries most entries of a bundle
 * @param atOnce how many requests work at the same time; more of them wait, 32 at most and for ten seconds at most, so that
 *     sign-in and the links in mails go on under any load; half of rapport.database.connections is a good number
 * @param atOnceEach how many of these may be those of one caller; 16 more of its requests wait, those on top of them get a 429
 */
@Validated
@ConfigurationProperties("rapport.limit")
public record RequestLimits(
        @NotNull @DefaultValue("5MB") DataSize resource,
        @NotNull @DefaultValue("32MB") DataSize bundle,
        @Min(1) @Max(10_000) @DefaultValue("1000") int entries,
        @Min(1) @Max(250) @DefaultValue("10") int atOnce,
        @Min(1) @Max(250) @DefaultValue("6") int atOnceEach) {

    private static final DataSize LARGEST = DataSize.ofGigabytes(1);

    /** Refuses sizes of more than 1 GB: a body is held in memory. */
    public RequestLimits {
        if (resource.compareTo(LARGEST) > 0 || bundle.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException("A body may have 1GB at most.");
        }
    }

    /** Most levels of objects and lists within each other; what people write needs a third of it. */
    public static final int DEPTH = 64;

    /** Most matches on one page, however many are asked for. */
    public static final int PAGE = 200;

    /** Resources on a page of a search that does not say how many. */
    public static final int USUAL_PAGE = 50;

    /** Most matches that paging may pass over. */
    public static final int OFFSET = 1_000_000;

    /** Longest address, in characters. */
    public static final int ADDRESS = 8_000;

    /** Most parameters of one request. */
    public static final int PARAMETERS = 200;

    /** Longest form of a search, in bytes. */
    public static final int FORM = 64 * 1024;
}
