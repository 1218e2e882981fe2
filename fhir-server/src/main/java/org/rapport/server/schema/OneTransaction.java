package org.rapport.server.schema;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Runs code that commits many times in one transaction of its own: all of it happens, or none.
 *
 * <p>PostgreSQL makes tables and indexes within a transaction, so a process killed half way leaves nothing.
 */
final class OneTransaction implements AutoCloseable {

    private static final Set<String> HELD_BACK = Set.of("commit", "close", "setAutoCommit", "setTransactionIsolation");

    private final Connection connection;

    OneTransaction(DataSource dataSource) throws SQLException {
        connection = dataSource.getConnection();
        connection.setAutoCommit(false);
    }

    /** Hands out the one connection, which ignores every attempt to end its transaction. */
    DataSource dataSource() {
        InvocationHandler held = (proxy, method, arguments) -> {
            if (HELD_BACK.contains(method.getName())) {
                return null;
            }
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        };
        var proxy = (Connection)
                Proxy.newProxyInstance(OneTransaction.class.getClassLoader(), new Class<?>[] {Connection.class}, held);
        return new SingleConnectionDataSource(proxy, true);
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /** Takes back whatever was not committed. */
    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
    }
}
