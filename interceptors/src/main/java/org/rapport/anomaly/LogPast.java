package org.rapport.anomaly;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.rapport.suspicion.Network;
import org.rapport.suspicion.Past;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Looks into the audit log of the last thirty days.
 *
 * @param database holds the log
 * @param zone where days and hours are those of the house
 */
record LogPast(JdbcClient database, ZoneId zone) implements Past {

    private static final int FEWEST_DAYS = 5;
    private static final String READS = " from audit_log where subject = ? and recorded < ?"
            + " and recorded >= ?::timestamptz - interval '30 days' and patient is not null and status < 400"
            + " and interaction in ('read', 'vread', 'history-instance', 'history-type', 'search-type', 'operation')";

    @Override
    public OptionalInt patientsADay(String actor, Instant before) {
        var moment = before.atOffset(ZoneOffset.UTC);
        return database.sql("select count(*), percentile_disc(0.95) within group (order by patients) from (select"
                        + " count(distinct patient) as patients" + READS
                        + " group by (recorded at time zone ?)::date) days")
                .params(actor, moment, moment, zone.getId())
                .query((row, index) ->
                        row.getLong(1) < FEWEST_DAYS ? OptionalInt.empty() : OptionalInt.of(row.getInt(2)))
                .single();
    }

    @Override
    public Set<Integer> hours(String actor, Instant before) {
        var moment = before.atOffset(ZoneOffset.UTC);
        var days = new HashSet<Integer>();
        var hours = new HashSet<Integer>();
        database.sql("select distinct extract(doy from recorded at time zone ?)::int as day,"
                        + " extract(hour from recorded at time zone ?)::int as hour" + READS)
                .params(zone.getId(), zone.getId(), actor, moment, moment)
                .query(row -> {
                    days.add(row.getInt("day"));
                    hours.add(row.getInt("hour"));
                });
        return days.size() < FEWEST_DAYS ? Set.of() : hours;
    }

    @Override
    public boolean knows(String actor, Network network, Instant before) {
        var moment = before.atOffset(ZoneOffset.UTC);
        return database.sql(
                        "select not coalesce(bool_or(true), false) or coalesce(bool_or(starts_with(address, ?)), false)"
                                + " from audit_log where subject = ? and recorded < ? and recorded >= ?::timestamptz - interval '30 days'"
                                + " and status < 400 and address is not null")
                .params(network.prefix(), actor, moment, moment)
                .query(Boolean.class)
                .single();
    }
}
