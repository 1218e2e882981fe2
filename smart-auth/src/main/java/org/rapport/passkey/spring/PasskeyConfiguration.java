package org.rapport.passkey.spring;

import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.rapport.access.PublicOrigin;
import org.rapport.account.spring.Pages;
import org.rapport.factor.Factors;
import org.rapport.factor.RelyingParty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;

/** Wires the passkeys. */
@Configuration(proxyBeanMethods = false)
class PasskeyConfiguration {

    /** What nobody is ever asked with. */
    private static final RelyingParty NOWHERE = new RelyingParty("invalid", "https://invalid");

    /** Pages lead to passkeys where there can be some. */
    @Bean
    Pages.Shared passkeyVariables(PublicOrigin origin) {
        return new Pages.Shared(Map.of("passkeys", RelyingParty.of(origin).isPresent()));
    }

    @Bean
    Passkeys passkeys(DataSource source, Factors factors, PublicOrigin origin) {
        var database = JdbcClient.create(source);
        var users = new PasskeyUsers(database);
        var records = new PasskeyRecords(database, factors, users);
        var party = RelyingParty.of(origin);
        var operations = new Webauthn4JRelyingPartyOperations(
                users,
                records,
                Passkeys.entity(party.orElse(NOWHERE)),
                Set.of(party.orElse(NOWHERE).origin()));
        return new Passkeys(party, operations, users, records, new Challenges(database));
    }
}
