package org.rapport.product;

import org.rapport.harness.OutsideDatabase;

/**
 * How the store's versions and the rows of the audit that tell of them differ.
 *
 * @param unexplained versions without a row of success, or with rows of several requests
 * @param overstated rows of success that name a version that there is not
 */
record VersionJoin(long unexplained, long overstated) {

    /** Each version has its row, and each row its version. */
    static final VersionJoin COMPLETE = new VersionJoin(0, 0);

    private static final String WRITTEN = "interaction in ('create', 'update', 'delete') and status in (0, 200)";
    private static final String VERSION = "hfj_res_ver v join hfj_resource r on r.res_id = v.res_id where";
    private static final String SAME =
            "a.resource_type = r.res_type and a.resource_id = r.fhir_id and a.version = v.res_ver";

    static VersionJoin of(OutsideDatabase database) {
        return new VersionJoin(
                database.number(
                        "select count(*) from " + VERSION + " (select count(distinct (a.request, a.interaction))"
                                + " from audit_log a where " + SAME + " and " + WRITTEN + ") <> 1"),
                database.number("select count(*) from audit_log a where version is not null and " + WRITTEN
                        + " and not exists (select from " + VERSION + " " + SAME + ")"));
    }
}
