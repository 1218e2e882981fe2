package org.rapport.export.hapi;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds resources by their ids in HAPI's tables, in an order that stays the same while others write.
 *
 * @param database holds the tables
 */
record StoredIds(JdbcClient database) {

    private static final int CHUNK = 1_000;

    /**
     * What refers to a patient in whatever way, or to a device of one; whether it belongs to the record is asked of each
     * resource.
     */
    private static final String PAGE = "with patients as (select unnest(?::bigint[]) as res_id),"
            + " referring as (select src_resource_id as res_id, source_resource_type as res_type from hfj_res_link"
            + " where target_resource_id in (select res_id from patients))"
            + " select r.res_type, r.fhir_id, r.res_id from hfj_resource r join"
            + " (select res_id from patients union select res_id from referring union"
            + " select src_resource_id from hfj_res_link where source_resource_type = 'DeviceMetric'"
            + " and target_resource_id in (select res_id from referring where res_type = 'Device'))"
            + " sought on sought.res_id = r.res_id"
            + " where r.res_deleted_at is null and r.res_type = any(?::text[]) and r.res_updated > ? and r.res_updated <= ?"
            + " and (r.res_type, r.res_id) > (?, ?) order by r.res_type, r.res_id limit ?";

    /**
     * A resource in its place.
     *
     * @param type resource type
     * @param id logical id
     * @param row number in the store
     */
    record Place(String type, String id, long row) {

        static final Place BEGIN = new Place("", "", 0);
    }

    /**
     * What is looked for.
     *
     * @param types resource types
     * @param patients their numbers in the store
     * @param since changed after this moment
     * @param until changed not after this moment
     */
    record Sought(Set<String> types, List<Long> patients, Optional<Instant> since, Instant until) {

        Sought {
            types = Set.copyOf(types);
            patients = List.copyOf(patients);
        }
    }

    /** The logical ids of patients, in no order. */
    Set<String> patients(int most) {
        return Set.copyOf(database.sql(
                        "select fhir_id from hfj_resource where res_type = 'Patient' and res_deleted_at is null limit ?")
                .param(most)
                .query(String.class)
                .list());
    }

    /** Those of these patients that there are. */
    Set<String> existing(Collection<String> patients) {
        var found = new HashSet<String>();
        var all = List.copyOf(patients);
        for (int from = 0; from < all.size(); from += CHUNK) {
            found.addAll(patients("fhir_id", String.class, all.subList(from, Math.min(all.size(), from + CHUNK))));
        }
        return found;
    }

    /** The numbers of patients in the store. */
    List<Long> rows(Collection<String> patients) {
        return patients("res_id", Long.class, patients);
    }

    /** What follows a place. */
    List<Place> page(Sought sought, Place after, int most) {
        var patients = sought.patients().toArray(Long[]::new);
        return database.sql(PAGE)
                .params(
                        patients,
                        sought.types().toArray(String[]::new),
                        Timestamp.from(sought.since().orElse(Instant.EPOCH)),
                        Timestamp.from(sought.until()),
                        after.type(),
                        after.row(),
                        most)
                .query((row, index) -> new Place(row.getString(1), row.getString(2), row.getLong(3)))
                .list();
    }

    private <T> List<T> patients(String column, Class<T> type, Collection<String> ids) {
        return new ArrayList<>(database.sql("select " + column + " from hfj_resource where res_type = 'Patient'"
                        + " and res_deleted_at is null and fhir_id = any(?::text[])")
                .params((Object) ids.toArray(String[]::new))
                .query(type)
                .list());
    }
}
