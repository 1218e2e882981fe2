package org.rapport.delivery.spring;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;
import org.rapport.changes.ChangeFeeds;
import org.rapport.delivery.AuthorRights;
import org.rapport.delivery.Deliveries;
import org.rapport.delivery.FhirStore;
import org.rapport.delivery.Registrations;
import org.rapport.delivery.Registry;
import org.rapport.delivery.SubscriptionEnd;
import org.rapport.delivery.SubscriptionMatcher;
import org.rapport.delivery.SubscriptionRules;
import org.rapport.delivery.http.RestHookSender;
import org.rapport.outbound.AllowedHosts;
import org.rapport.outbox.Outbox;
import org.rapport.outbox.RetryPlan;
import org.rapport.outbox.Sending;
import org.rapport.work.Work;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Wires the way of a notification: change, match, outbox, request. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

    /** A receiver has five seconds to connect and ten to answer. */
    private static final Sending.Plan FOUR_AT_A_TIME = new Sending.Plan(4, Duration.ofSeconds(20));

    @Bean
    Registrations subscriptionRegistrations(DataSource database) {
        return new Registrations(JdbcClient.create(database));
    }

    @Bean
    AllowedHosts configuredDeliveryHosts(DeliverySettings settings) {
        return new AllowedHosts(Set.copyOf(settings.allowedHosts()));
    }

    @Bean
    Registry subscriptionRegistry(
            Registrations registrations,
            FhirStore store,
            AuthorRights rights,
            ObjectProvider<AllowedHosts> hosts,
            Outbox.Tools outboxTools) {
        var rules = new SubscriptionRules(
                store, rights, AllowedHosts.all(hosts.stream().toList()), outboxTools.clock());
        return new Registry(registrations, rules, store, new Outbox("rest-hook", RetryPlan.OUTSIDE, outboxTools));
    }

    @Bean
    Deliveries subscriptionDeliveries(
            Registry registry, AuthorRights rights, TransactionOperations transaction, Clock clock) {
        return new Deliveries(registry, rights, transaction, clock);
    }

    @Bean
    Work subscriptionMatcher(ChangeFeeds changes, Registry registry, Deliveries deliveries) {
        return changes.work("subscription-matcher", new SubscriptionMatcher(registry, deliveries));
    }

    @Bean
    Work subscriptionEnd(Registry registry, TransactionOperations transaction, Clock clock) {
        return new SubscriptionEnd(registry, transaction, clock);
    }

    @Bean
    Work restHookSending(
            Registry registry, Deliveries deliveries, FhirContext fhir, TransactionOperations transaction) {
        var sender = new RestHookSender(deliveries, fhir, registry.rules().hosts());
        return new Sending(registry.outbox(), sender, transaction, FOUR_AT_A_TIME);
    }
}
