package org.rapport.limit.spring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.Filter;
import java.time.Clock;
import java.time.Duration;
import org.rapport.limit.Bulkhead;
import org.rapport.limit.RequestCount;
import org.rapport.limit.RequestLimits;
import org.rapport.limit.RequestRates;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Counts requests at the FHIR base: by address before the token is looked at, by user and client right after; and lets so
 * many work at once.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RequestRates.class)
class RateConfiguration {

    /** Between the audit, which so has a row of each refusal, and Spring Security's filter. */
    private static final int BEFORE_TOKENS = -150;

    /** Fewer than threads are left: whoever waits holds one. */
    private static final int WAITING = 32;

    /** Half of the seats are for the others. */
    private static final int WAITING_EACH = 16;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    @Bean
    RequestCount requestCount(RequestRates rates, Clock clock) {
        return new RequestCount(rates, clock);
    }

    @Bean
    FilterRegistrationBean<RateFilter> addressRateFilter(RequestCount count, ObjectProvider<MeterRegistry> meters) {
        var filter = new RateFilter(request -> count.from(request.getRemoteAddr()), refused(meters, "address"));
        return atTheBase("addressRateFilter", filter, BEFORE_TOKENS);
    }

    @Bean
    FilterRegistrationBean<RateFilter> callerRateFilter(RequestCount count, ObjectProvider<MeterRegistry> meters) {
        var filter = new RateFilter(request -> Asker.caller(request).flatMap(count::of), refused(meters, "caller"));
        return atTheBase("callerRateFilter", filter, LimitConfiguration.ORDER - 1);
    }

    /** Behind the limits: who is slow in sending a body holds no place. */
    @Bean
    FilterRegistrationBean<BulkheadFilter> bulkheadFilter(RequestLimits limits, ObjectProvider<MeterRegistry> meters) {
        var bulkhead = new Bulkhead(
                new Bulkhead.Room(limits.atOnce(), WAITING),
                new Bulkhead.Room(limits.atOnceEach(), WAITING_EACH),
                LONGEST_WAIT);
        var filter = new BulkheadFilter(bulkhead, refused(meters, "at-once"));
        return atTheBase("bulkheadFilter", filter, LimitConfiguration.ORDER + 1);
    }

    private static Counter refused(ObjectProvider<MeterRegistry> meters, String limit) {
        return Counter.builder("rapport.limit.refused")
                .description("Requests that were one too many for a caller")
                .tag("limit", limit)
                .register(meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    private static <T extends Filter> FilterRegistrationBean<T> atTheBase(String name, T filter, int order) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setName(name);
        registration.addUrlPatterns("/fhir", "/fhir/*");
        registration.setOrder(order);
        return registration;
    }
}
