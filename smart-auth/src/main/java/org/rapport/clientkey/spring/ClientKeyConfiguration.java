package org.rapport.clientkey.spring;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Set;
import org.rapport.clientkey.AllowedKeyHosts;
import org.rapport.clientkey.ClientKeySettings;
import org.rapport.clientkey.FetchedKeys;
import org.rapport.outbound.AllowedHosts;
import org.rapport.outbound.CheckedAddress;
import org.rapport.outbound.JsonDocuments;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the fetching of client keys: from public addresses, from hosts of the settings and those of other beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClientKeySettings.class)
class ClientKeyConfiguration {

    @Bean
    FetchedKeys fetchedClientKeys(ClientKeySettings settings, ObjectProvider<AllowedKeyHosts> others, Clock clock) {
        var several = new ArrayList<>(others.stream().toList());
        several.add(new AllowedKeyHosts(new AllowedHosts(Set.copyOf(settings.allowedKeyHosts()))));
        var hosts = AllowedKeyHosts.all(several);
        return new FetchedKeys(hosts, new JsonDocuments(CheckedAddress.by(hosts.hosts()))::fetch, clock);
    }
}
