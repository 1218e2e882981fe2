package org.rapport.server.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.rapport.server.StartFailure;

/**
 * The recorded listing of every table, column, index and constraint, in the table {@code schema_object}.
 *
 * <p>An empty table means that no migration has ended yet: there is nothing to compare with.
 */
final class SchemaRecord {

    private static final int SHOWN = 3;

    private static final String ACTUAL = """
            select 'column' as kind, c.relname || '.' || a.attname as name,
                   format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end
                   || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as definition
              from pg_class c
              join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
              left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
             where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
            union all
            select 'index', i.relname, pg_get_indexdef(i.oid)
              from pg_class i where i.relnamespace = 'public'::regnamespace and i.relkind in ('i', 'I')
            union all
            select 'constraint', c.relname || '.' || k.conname, pg_get_constraintdef(k.oid)
              from pg_constraint k join pg_class c on c.oid = k.conrelid
             where c.relnamespace = 'public'::regnamespace and k.contype <> 'n'
            union all
            select 'sequence', s.relname, 'sequence'
              from pg_class s where s.relnamespace = 'public'::regnamespace and s.relkind = 'S'
            union all
            select 'trigger', c.relname || '.' || t.tgname, pg_get_triggerdef(t.oid)
              from pg_trigger t join pg_class c on c.oid = t.tgrelid
             where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
            """;

    private static final String DIFFERENCES = "with actual as (" + ACTUAL + """
            )
            select coalesce(a.kind, r.kind) || ' ' || coalesce(a.name, r.name) ||
                   case when a.name is null then ' is missing'
                        when r.name is null then ' was added'
                        else ' was changed' end
              from actual a full join schema_object r on r.kind = a.kind and r.name = a.name
             where a.definition is distinct from r.definition
             order by 1
            """;

    private final Connection connection;

    SchemaRecord(Connection connection) {
        this.connection = connection;
    }

    /**
     * @throws StartFailure naming the first objects that differ from the record
     */
    void refuseDrift() throws SQLException {
        if (!recorded()) {
            return;
        }
        List<String> differences = texts(DIFFERENCES);
        if (!differences.isEmpty()) {
            throw new StartFailure("The database schema is not as Rapport's migrations left it: "
                    + String.join(", ", differences.subList(0, Math.min(SHOWN, differences.size())))
                    + (differences.size() > SHOWN ? " and " + (differences.size() - SHOWN) + " more" : "")
                    + "; undo the change, or restore the database from a backup.");
        }
    }

    private boolean recorded() throws SQLException {
        return !texts("select 'x' where to_regclass('public.schema_object') is not null")
                        .isEmpty()
                && !texts("select name from schema_object limit 1").isEmpty();
    }

    /** Empties the record while migrations run, so that a start after a crash goes on instead of refusing. */
    void open() throws SQLException {
        if (recorded()) {
            execute("delete from schema_object");
        }
    }

    /** Records the schema as it is now. */
    void write() throws SQLException {
        execute("begin");
        execute("delete from schema_object");
        execute("insert into schema_object (kind, name, definition) " + ACTUAL);
        execute("commit");
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> texts(String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
