package org.rapport.invitation.spring;

import org.rapport.access.PatientDirectory;
import org.rapport.account.AccountLedger;
import org.rapport.account.Accounts;
import org.rapport.invitation.InvitationRules;
import org.rapport.invitation.Invitations;
import org.rapport.invitation.Secrets;
import org.rapport.masterkey.MasterKey;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires invitations. */
@Configuration(proxyBeanMethods = false)
class InvitationConfiguration {

    @Bean
    Invitations invitations(PatientDirectory charts, MasterKey key, Accounts accounts, AccountLedger ledger) {
        return new Invitations(new InvitationRules(charts), new Secrets(key), accounts, ledger);
    }
}
