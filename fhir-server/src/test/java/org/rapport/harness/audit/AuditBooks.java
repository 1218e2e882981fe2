package org.rapport.harness.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What the clients of a server have sent it since the books were closed last.
 *
 * <p>Closing them finds each request without its record, with one record twice or with one of something else; each answer
 * of 500 and more that no test announced; and in the server's own logs what may not stand there. May be used by several
 * threads.
 */
public final class AuditBooks {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Queue<Heard> heard = new ConcurrentLinkedQueue<>();
    private final Set<Integer> announced = ConcurrentHashMap.newKeySet();
    private final Canaries canaries = new Canaries();
    private final String base;
    private long place;
    private int read;

    /** Books of a server with that FHIR base. */
    public AuditBooks(String base) {
        this.base = base;
    }

    /** Notes an answer and what was sent to get it; costs next to nothing until the books are closed. */
    public void heard(BodyPublisher asked, HttpResponse<String> answer) {
        heard.add(new Heard(asked, answer));
    }

    /** Says that answers with that status, 500 or more, are what this test is about; they may be without a row. */
    public void announce(int status) {
        announced.add(status);
    }

    /**
     * Closes the books and begins new ones.
     *
     * <p>Waits a little for rows: those of refusals are written when the answer is on its way, floods are counted for a
     * second.
     *
     * @param log all that the server has written to its own logs
     * @throws AssertionError that names each request that is recorded wrongly and its rows
     */
    public void close(AuditTable table, String log) {
        var closing = new Closing(taken(), Set.copyOf(announced));
        announced.clear();
        var added = log.substring(Math.min(read, log.length()));
        read = log.length();
        if (!closing.sent().isEmpty()) {
            await().atMost(LIMIT)
                    .pollDelay(Duration.ZERO)
                    .untilAsserted(() -> assertThat(faults(closing, table))
                            .as("what is wrong with the audit of this test")
                            .isEmpty());
        }
        assertThat(canaries.in(added)).as("what the server's log may not hold").isEmpty();
    }

    private List<String> faults(Closing closing, AuditTable table) {
        var page =
                table.page(place, closing.sent().stream().map(Exchange::request).toList());
        var faults = closing.faults(page.rows());
        if (faults.isEmpty()) {
            place = page.last();
        }
        return faults;
    }

    private List<Exchange> taken() {
        var taken = new ArrayList<Exchange>();
        for (var next = heard.poll(); next != null; next = heard.poll()) {
            canaries.token(next.token());
            next.exchange(base).ifPresent(taken::add);
        }
        taken.forEach(canaries::of);
        return taken;
    }
}
