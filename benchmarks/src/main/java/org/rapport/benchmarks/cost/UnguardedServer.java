package org.rapport.benchmarks.cost;

import java.util.List;
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
            "resultInterceptor",
            "writeInterceptor",
            "labelInterceptor",
            "contentInterceptor",
            "patchInterceptor",
            "changeInterceptor",
            "readInterceptor",
            "searchInBody",
            "auditGate",
            "auditFilter");

    private UnguardedServer() {}

    /**
     * Starts it.
     *
     * @param arguments properties, as the product takes them
     * @throws ClassNotFoundException when the product is not on the class path
     */
    public static void main(String[] arguments) throws ClassNotFoundException {
        new SpringApplicationBuilder(Class.forName("org.rapport.RapportApplication"))
                .bannerMode(Banner.Mode.OFF)
                .initializers(context -> context.addBeanFactoryPostProcessor(UnguardedServer::leaveOut))
                .run(arguments);
    }

    private static void leaveOut(ConfigurableListableBeanFactory beans) {
        HOOKS.forEach(((BeanDefinitionRegistry) beans)::removeBeanDefinition);
    }
}
