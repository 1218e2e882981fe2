package org.rapport.benchmarks.cost;

import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * The product without the hooks that judge, filter, label, look through and record requests: the other side of {@code
 * benchmarks/security-cost}. The product itself has no switch for any of them; this takes their definitions out from outside.
 */
public final class UnguardedServer {

    private static final List<String> HOOKS = List.of(
            "accessInterceptor",
            "oneMoreInterceptor",
            "maskInterceptor",
            "resultInterceptor",
            "writeInterceptor",
            "consentProvenanceInterceptor",
            "labelInterceptor",
            "contentInterceptor",
            "patchInterceptor",
            "readInterceptor",
            "searchInBody",
            "auditGate",
            "auditFilter");

    /** A write adds its change, which others live on, and its row of the audit log in one statement. */
    private static final String NO_AUDIT = """
            create function no_row() returns trigger language plpgsql as 'begin return null; end';
            create trigger no_audit before insert on audit_log for each row execute function no_row()""";

    private UnguardedServer() {}

    /**
     * Starts it.
     *
     * @param arguments properties, as the product takes them
     * @throws ClassNotFoundException when the product is not on the class path
     * @throws SQLException when its database does not answer
     */
    public static void main(String[] arguments) throws ClassNotFoundException, SQLException {
        var server = new SpringApplicationBuilder(Class.forName("org.rapport.RapportApplication"))
                .bannerMode(Banner.Mode.OFF)
                .initializers(context -> context.addBeanFactoryPostProcessor(UnguardedServer::leaveOut))
                .run(arguments);
        try (var connection = server.getBean(DataSource.class).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(NO_AUDIT);
        }
    }

    private static void leaveOut(ConfigurableListableBeanFactory beans) {
        HOOKS.forEach(((BeanDefinitionRegistry) beans)::removeBeanDefinition);
    }
}
