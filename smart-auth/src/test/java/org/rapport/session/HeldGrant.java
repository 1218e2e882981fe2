package org.rapport.session;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.rapport.smart.TestServer;
import org.rapport.smart.TokenHash;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps the row of a grant until as many requests as there shall be are at the servers: however slow the machine is, they meet. */
public final class HeldGrant {

    private static final Executor OWN_THREAD = task -> new Thread(task, "held-grant").start();

    private HeldGrant() {}

    /** Does something that sends requests about a refresh token, all of which come before any is answered. */
    public static <T> T during(String refreshToken, int requests, List<TestServer> servers, Supplier<T> act) {
        var held = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var holder = CompletableFuture.runAsync(() -> hold(servers.get(0), refreshToken, held, release), OWN_THREAD);
        await(held);
        var answers = CompletableFuture.supplyAsync(act, OWN_THREAD);
        try {
            Awaitility.await().until(() -> arrived(servers) >= requests || holder.isDone());
        } finally {
            release.countDown();
        }
        holder.join();
        return answers.join();
    }

    private static void hold(TestServer server, String refreshToken, CountDownLatch held, CountDownLatch release) {
        new TransactionTemplate(server.bean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            JdbcClient.create(server.bean(DataSource.class))
                    .sql("SELECT id FROM oauth2_authorization WHERE refresh_token_value = ? FOR UPDATE")
                    .param(TokenHash.of(refreshToken))
                    .query(String.class)
                    .single();
            held.countDown();
            await(release);
        });
    }

    /** Requests that wait for the row, or for a connection to ask for it. */
    private static int arrived(List<TestServer> servers) {
        var first = (HikariDataSource) servers.get(0).bean(DataSource.class);
        var outside = new DriverManagerDataSource(first.getJdbcUrl(), first.getUsername(), first.getPassword());
        int atTheRow = JdbcClient.create(outside)
                .sql("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
                .query(Integer.class)
                .single();
        return atTheRow
                + servers.stream()
                        .map(server -> server.bean(DataSource.class))
                        .map(HikariDataSource.class::cast)
                        .mapToInt(pool -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection())
                        .sum();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
