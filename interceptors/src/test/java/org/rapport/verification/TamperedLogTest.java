package org.rapport.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rapport.chain.ChainKeys;
import org.rapport.chain.Hash;
import org.rapport.chain.Link;
import org.rapport.verification.Finding.Kind;
import org.springframework.jdbc.core.JdbcTemplate;

/** What somebody changes in the database, undone after each test. */
class TamperedLogTest {

    private static final boolean SOAK = Boolean.getBoolean("rapport.soak");
    private static final int ROWS = SOAK ? 1_000_000 : 4_000;
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final long PLACE = 1_210;
    private static final ChainedLog LOG = ChainedLog.of(ROWS);

    @Test
    void findsNothingInALogThatNobodyTouchedAndIsQuick() {
        long start = System.nanoTime();
        var result = LOG.verify();
        var time = Duration.ofNanos(System.nanoTime() - start);

        System.out.printf("Audit chain: %d rows verified in %d ms%n", result.checked(), time.toMillis());
        assertThat(time).isLessThan(LONGEST);
        assertThat(result.findings()).isEmpty();
        assertThat(result.checked()).isEqualTo(ROWS + 1);
        assertThat(result.checkpoints()).isEqualTo(ROWS / 2_000 + 1);
        assertThat(result.next()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("columns")
    @DisplayName("AT-01: names the row in which a bit was flipped")
    void namesTheRowInWhichABitWasFlipped(String column, String type) {
        var table = column.substring(0, column.indexOf('.'));
        var name = column.substring(column.indexOf('.') + 1);
        var row = table.equals("audit_log")
                ? "number = (select number from audit_chain where chain_index = " + PLACE + ")"
                : "chain_index = " + PLACE;
        var result = after("update " + table + " set " + name + " = " + flipped(name, type) + " where " + row);

        assertThat(result.firstBroken().orElseThrow().from()).isEqualTo(PLACE);
        assertThat(result.firstBroken().orElseThrow().to()).isEqualTo(PLACE);
    }

    static Stream<String[]> columns() {
        return LOG
                .database()
                .client()
                .sql("select table_name || '.' || column_name, data_type from information_schema.columns"
                        + " where table_schema = 'public' and table_name in ('audit_log', 'audit_chain')")
                .query((row, number) -> new String[] {row.getString(1), row.getString(2)})
                .list()
                .stream();
    }

    private static String flipped(String name, String type) {
        if (name.equals("chain_index")) {
            return "chain_index + (1::bigint << 40)";
        }
        return switch (type) {
            case "bigint", "integer" -> name + " # (1 << 30)";
            case "smallint" -> "(" + name + " # 1)::smallint";
            case "bytea" -> "set_bit(" + name + ", 77, 1 - get_bit(" + name + ", 77))";
            case "timestamp with time zone" -> name + " + interval '1 microsecond'";
            case "xid8" -> "(" + name + "::text::bigint # 1)::text::xid8";
            default -> "overlay(" + name + " placing chr(ascii(right(" + name + ", 1)) # 1) from length(" + name + "))";
        };
    }

    @Test
    @DisplayName("AT-02: names the rows that are gone from the log")
    void namesTheRowsThatAreGoneFromTheLog() {
        assertThat(after("delete from audit_log where number in " + numbers(PLACE, PLACE))
                        .findings())
                .containsExactly(new Finding(Kind.ROW_MISSING, PLACE, PLACE));
        assertThat(after("delete from audit_log where number in " + numbers(PLACE, PLACE + 999))
                        .findings())
                .containsExactly(new Finding(Kind.ROW_MISSING, PLACE, PLACE + 999));
    }

    @Test
    @DisplayName("AT-02: names the gap where rows are gone from log and chain")
    void namesTheGapWhereRowsAreGoneFromLogAndChain() {
        var result = after(
                "delete from audit_log where number in " + numbers(PLACE, PLACE + 999),
                "delete from audit_chain where chain_index between " + PLACE + " and " + (PLACE + 999));

        assertThat(result.firstBroken()).contains(new Finding(Kind.GAP, PLACE, PLACE + 999));
    }

    @Test
    @DisplayName("AT-03: says how many rows a checkpoint knows that the chain has lost at its end")
    void saysHowManyRowsTheChainHasLostAtItsEnd() {
        var result = after(
                "delete from audit_log where number in " + numbers(ROWS - 9, ROWS + 1),
                "delete from audit_chain where chain_index > " + (ROWS - 10));

        assertThat(result.findings()).containsExactly(new Finding(Kind.TRUNCATED, ROWS - 9, ROWS + 1));
    }

    @Test
    @DisplayName("AT-03: names rows of the log whose end of the chain was cut off")
    void namesRowsOfTheLogWhoseEndOfTheChainWasCutOff() {
        var result = after("delete from audit_chain where chain_index > " + (ROWS - 10));

        assertThat(result.findings()).extracting(Finding::kind).contains(Kind.TRUNCATED, Kind.UNCHAINED);
    }

    @Test
    @DisplayName("AT-04: names both of two rows that were swapped")
    void namesBothOfTwoRowsThatWereSwapped() {
        long other = PLACE + 2_000;
        var inTheLog = after("update audit_log l set resource_id = k.resource_id, patient = k.patient, token = k.token"
                + " from audit_chain c, audit_chain other, audit_log k where l.number = c.number"
                + " and c.chain_index in (" + PLACE + ", " + other + ") and other.chain_index = " + (PLACE + other)
                + " - c.chain_index and k.number = other.number");
        var inTheChain = after(
                "update audit_chain set chain_index = -chain_index where chain_index in (" + PLACE + ", " + other + ")",
                "update audit_chain set chain_index = " + (PLACE + other) + " + chain_index where chain_index < 0");

        assertThat(inTheLog.findings())
                .containsExactly(
                        new Finding(Kind.ROW_CHANGED, PLACE, PLACE), new Finding(Kind.ROW_CHANGED, other, other));
        assertThat(inTheChain.findings())
                .contains(new Finding(Kind.LINK_CHANGED, PLACE, PLACE), new Finding(Kind.LINK_CHANGED, other, other))
                .extracting(Finding::kind)
                .doesNotContain(Kind.GAP, Kind.ROW_CHANGED, Kind.ROW_MISSING);
    }

    @Test
    @DisplayName("AT-05: finds a row that was put in among older ones")
    void findsARowThatWasPutInAmongOlderOnes() {
        var result = after("insert into audit_log (number, recorded, request, interaction, status, transaction)"
                + " select -7, now() - interval '40 days', 'forged', 'read', 200, '3'");

        assertThat(result.findings()).containsExactly(new Finding(Kind.UNCHAINED, -7, -7));
    }

    @Test
    @DisplayName("AT-06: fails at the first row and the first checkpoint when the chain is made anew without the key")
    void failsWhenTheChainIsMadeAnewWithoutTheKey() {
        var guessed = new ChainKeys.Epoch(
                1,
                new SecretKeySpec(new byte[32], "HmacSHA256"),
                LOG.keys("master").newest().signer());
        var result = afterMakingAnew(guessed);

        assertThat(result.firstBroken().orElseThrow().from()).isEqualTo(1);
        assertThat(result.findings())
                .contains(new Finding(Kind.LINK_CHANGED, 1, ROWS + 1))
                .contains(new Finding(Kind.CHECKPOINT_DIFFERS, 2_000, 2_000));
    }

    @Test
    @DisplayName("AT-06: fails at the first checkpoint even when the chain is made anew with the key")
    void failsAtTheFirstCheckpointEvenWithTheKey() {
        assertThat(afterMakingAnew(LOG.keys("master").newest()).firstBroken())
                .contains(new Finding(Kind.CHECKPOINT_DIFFERS, 2_000, 2_000));
    }

    @Test
    @DisplayName("AT-08: does not mind another time zone")
    void doesNotMindAnotherTimeZone() {
        assertThat(after("set local time zone 'Asia/Kolkata'").findings()).isEmpty();
    }

    @Test
    @DisplayName("AT-08: names the row that was encoded in another way")
    void namesTheRowThatWasEncodedInAnotherWay() {
        assertThat(after("update audit_log set query = replace(query, '|', '%7C') where number in "
                                + numbers(PLACE, PLACE))
                        .findings())
                .containsExactly(new Finding(Kind.ROW_CHANGED, PLACE, PLACE));
    }

    private static Verification afterMakingAnew(ChainKeys.Epoch key) {
        return inATransaction(database -> {
            database.execute("update audit_log set subject = 'somebody else' where number in " + numbers(1, 1));
            var made = new ArrayList<Object[]>();
            var previous = Hash.NOTHING;
            for (long from = 1; from <= ROWS + 1; from += 10_000) {
                for (var pair : LOG.chainTable().pairs(from, 10_000)) {
                    var payload = pair.log().orElseThrow().payload();
                    var row = Link.hash(key, previous, payload, pair.link().index());
                    made.add(new Object[] {
                        previous.bytes(),
                        payload.bytes(),
                        row.bytes(),
                        pair.link().index()
                    });
                    previous = row;
                }
            }
            database.batchUpdate(
                    "update audit_chain set previous = ?, payload_hash = ?, row_hash = ? where chain_index = ?", made);
        });
    }

    private static Verification after(String... statements) {
        return inATransaction(database -> Stream.of(statements).forEach(database::execute));
    }

    private static Verification inATransaction(java.util.function.Consumer<JdbcTemplate> tampering) {
        return Objects.requireNonNull(LOG.database().transactions().execute(status -> {
            status.setRollbackOnly();
            var database = new JdbcTemplate(LOG.database().source());
            database.execute("set local session_replication_role = replica");
            tampering.accept(database);
            return LOG.verify();
        }));
    }

    private static String numbers(long from, long to) {
        return "(select number from audit_chain where chain_index between " + from + " and " + to + ")";
    }
}
