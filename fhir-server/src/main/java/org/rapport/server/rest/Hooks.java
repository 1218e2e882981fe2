package org.rapport.server.rest;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.rest.server.RestfulServer;
import java.util.Arrays;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The interceptors that the features contribute, each registered in one place only.
 *
 * <p>One with a {@code SERVER_*} hook belongs to the REST server; one with storage hooks alone belongs to the store,
 * where work in the background meets it too.
 *
 * @param interceptors every bean annotated {@link Interceptor} outside HAPI's own configuration
 */
record Hooks(List<Object> interceptors) {

    Hooks {
        interceptors = List.copyOf(interceptors);
    }

    static Hooks of(ListableBeanFactory beans) {
        return new Hooks(Arrays.stream(beans.getBeanNamesForAnnotation(Interceptor.class))
                .filter(name -> {
                    Class<?> type = beans.getType(name);
                    return type != null && !isHapisOwn(beans, name);
                })
                .map(beans::getBean)
                .toList());
    }

    /** HAPI's configuration defines optional interceptors as lazy beans: they join only when a feature asks. */
    private static boolean isHapisOwn(ListableBeanFactory beans, String name) {
        return beans instanceof org.springframework.beans.factory.config.ConfigurableListableBeanFactory factory
                && factory.containsBeanDefinition(name)
                && factory.getBeanDefinition(name).isLazyInit();
    }

    void joinServer(RestfulServer server) {
        interceptors.stream().filter(Hooks::servesRequests).forEach(server::registerInterceptor);
    }

    void joinStore(IInterceptorService store) {
        interceptors.stream()
                .filter(interceptor -> !servesRequests(interceptor))
                .forEach(store::registerInterceptor);
    }

    private static boolean servesRequests(Object interceptor) {
        return Arrays.stream(interceptor.getClass().getMethods())
                .map(method -> method.getAnnotation(Hook.class))
                .anyMatch(hook -> hook != null && hook.value().name().startsWith("SERVER_"));
    }
}
