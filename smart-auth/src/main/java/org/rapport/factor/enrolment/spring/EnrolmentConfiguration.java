package org.rapport.factor.enrolment.spring;

import org.rapport.access.PublicOrigin;
import org.rapport.factor.Factors;
import org.rapport.factor.RecoveryCodes;
import org.rapport.factor.TotpFactors;
import org.rapport.masterkey.MasterKey;
import org.rapport.passkey.spring.Passkeys;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what the pages of one's own factors use. */
@Configuration(proxyBeanMethods = false)
class EnrolmentConfiguration {

    @Bean
    TotpEnrolment totpEnrolment(TotpFactors apps, MasterKey masterKey, PublicOrigin origin) {
        return new TotpEnrolment(apps, masterKey, origin);
    }

    @Bean
    FactorSettings.Kept keptFactors(Factors factors, RecoveryCodes codes, Passkeys passkeys) {
        return new FactorSettings.Kept(factors, codes, passkeys);
    }
}
