package org.rapport.work;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries calls between the instances on one database by NOTIFY and LISTEN.
 *
 * <p>A NOTIFY is sent on a connection of its own after the commit that calls for it: within a transaction it would make
 * commits wait for each other. Calls that come while one is on its way go together with the next.
 *
 * @see <a href="https://www.postgresql.org/docs/18/sql-notify.html">PostgreSQL 18, NOTIFY</a>
 */
public final class WakeUpChannel implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WakeUpChannel.class);
    private static final String CHANNEL = "rapport_work";
    private static final Duration LISTENING = Duration.ofMillis(500);
    private static final Duration RECONNECT = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(3);

    private final String self = UUID.randomUUID().toString();
    private final DataSource database;
    private final WakeUp wakeUp;
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final Bell toSend = new Bell();
    private final Bell toConnect = new Bell();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    /**
     * @param database gives one connection for as long as the channel is open, and another for each call
     * @param wakeUp whose calls are passed on, and who is called
     */
    public WakeUpChannel(DataSource database, WakeUp wakeUp) {
        this.database = database;
        this.wakeUp = wakeUp;
    }

    /** Begins to listen and to pass calls on. */
    public void open() {
        wakeUp.spreadBy(topic -> {
            waiting.add(topic);
            toSend.ring();
        });
        start("work-listener", this::listen);
        start("work-notifier", this::send);
    }

    private void start(String name, Runnable task) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void listen() {
        while (!closed) {
            try (var connection = database.getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("listen " + CHANNEL);
                wakeUp.ringAll();
                hear(connection);
                statement.execute("unlisten *");
            } catch (SQLException e) {
                LOG.warn("Calls from other instances are not heard ({}); the sweep goes on", Causes.of(e));
                toConnect.await(RECONNECT);
            }
        }
    }

    private void hear(Connection connection) throws SQLException {
        var listening = connection.unwrap(PGConnection.class);
        while (!closed) {
            PGNotification @Nullable [] heard = listening.getNotifications((int) LISTENING.toMillis());
            for (var notification : heard == null ? new PGNotification[0] : heard) {
                pass(notification.getParameter());
            }
        }
    }

    private void pass(String message) {
        var words = message.split(" ", -1);
        if (!words[0].equals(self)) {
            for (int topic = 1; topic < words.length; topic++) {
                wakeUp.ring(words[topic]);
            }
        }
    }

    private void send() {
        while (!closed) {
            toSend.await(LISTENING);
            var topics = Set.copyOf(waiting);
            if (!topics.isEmpty()) {
                waiting.removeAll(topics);
                notifyOthers(self + " " + String.join(" ", topics));
            }
        }
    }

    private void notifyOthers(String message) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement("select pg_notify('" + CHANNEL + "', ?)")) {
            statement.setString(1, message);
            statement.execute();
        } catch (SQLException e) {
            LOG.debug("A call did not reach the other instances ({}); their sweep will see to it", Causes.of(e));
        }
    }

    @Override
    public void close() {
        closed = true;
        toSend.ring();
        toConnect.ring();
        for (var thread : threads) {
            try {
                thread.join(STOP.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
