package org.rapport.server.jpa;

import ca.uhn.fhir.broker.api.IBrokerClient;
import ca.uhn.fhir.broker.api.IChannelNamer;
import ca.uhn.fhir.broker.impl.LinkedBlockingBrokerClient;
import ca.uhn.fhir.jpa.subscription.channel.impl.LinkedBlockingChannelFactory;
import ca.uhn.fhir.jpa.subscription.channel.impl.RetryPolicyProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The in-memory channel that HAPI's batch jobs (reindex, export) wake their workers with; the jobs are in the database. */
@Configuration(proxyBeanMethods = false)
class WorkChannelConfiguration {

    @Bean
    IChannelNamer channelNamer() {
        return (name, settings) -> name;
    }

    @Bean
    LinkedBlockingChannelFactory workChannelFactory(IChannelNamer namer) {
        return new LinkedBlockingChannelFactory(namer, new RetryPolicyProvider());
    }

    @Bean
    IBrokerClient workBroker(IChannelNamer namer) {
        return new LinkedBlockingBrokerClient(namer);
    }
}
