package org.rapport.benchmarks.cost;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Optional;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Puts a counter between a server and its connection pool, and keeps the way around it. */
final class CountedPool implements BeanPostProcessor {

    private final StatementCounter counter;
    private @Nullable HikariDataSource pool;

    CountedPool(StatementCounter counter) {
        this.counter = counter;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource found) {
            pool = found;
            return ProxyDataSourceBuilder.create(found).listener(counter).build();
        }
        return bean;
    }

    /** The pool itself: what goes through it is not counted. */
    HikariDataSource uncounted() {
        return Optional.ofNullable(pool)
                .orElseThrow(() -> new IllegalStateException("The server has no HikariCP pool to count at"));
    }
}
