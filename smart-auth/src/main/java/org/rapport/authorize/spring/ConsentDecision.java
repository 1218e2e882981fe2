package org.rapport.authorize.spring;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rapport.account.AccountNotices;
import org.rapport.authorize.spring.PendingAuthorizations.Pending;
import org.rapport.launch.LaunchContext;
import org.rapport.launch.Reachable;
import org.rapport.smart.SmartScope;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationConsentAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationConsentAuthenticationToken;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes a person's Yes: exactly the scopes that were left ticked, and the patient that was chosen.
 *
 * <p>What was allowed before counts no more once it is asked again: a tick taken away is a No.
 */
final class ConsentDecision implements AuthenticationProvider {

    private final PendingAuthorizations pending;
    private final Reachable patients;
    private final GrantStores stores;
    private final AccountNotices notices;
    private final TransactionOperations transaction;

    ConsentDecision(
            PendingAuthorizations pending,
            Reachable patients,
            GrantStores stores,
            AccountNotices notices,
            TransactionOperations transaction) {
        this.pending = pending;
        this.patients = patients;
        this.stores = stores;
        this.notices = notices;
        this.transaction = transaction;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        var decision = (OAuth2AuthorizationConsentAuthenticationToken) authentication;
        return transaction.execute(status -> decide(decision));
    }

    private @Nullable Authentication decide(OAuth2AuthorizationConsentAuthenticationToken decision) {
        var person = (Authentication) decision.getPrincipal();
        var asked = pending.find(decision.getState(), person.getName())
                .filter(found -> found.client().getClientId().equals(decision.getClientId()))
                .orElseThrow(() -> Refusals.page(OAuth2ParameterNames.STATE));
        Set<String> allowed = decision.getScopes();
        require(asked.scopes().containsAll(allowed), OAuth2ErrorCodes.INVALID_SCOPE, asked, person);
        require(!allowed.isEmpty(), OAuth2ErrorCodes.ACCESS_DENIED, asked, person);
        pending.keep(asked, context(asked, decision, person));
        boolean isNew =
                stores.remembered().scopes(asked.client(), person.getName()).isEmpty();
        stores.remembered().forget(asked.client(), person.getName(), asked.scopes());
        var granted = new OAuth2AuthorizationConsentAuthenticationProvider(
                        stores.clients(), stores.authorizations(), stores.consents())
                .authenticate(decision);
        if (isNew) {
            notices.tell(person.getName(), "new-app");
        }
        stores.audit().granted(decision, person.getName(), decision.getClientId(), isNew ? "new" : "asked");
        return granted;
    }

    /** The patient on the page, as long as something allowed is about a patient. */
    private LaunchContext context(
            Pending asked, OAuth2AuthorizationConsentAuthenticationToken decision, Authentication person) {
        var context = asked.context();
        if (asked.lacksPatient()) {
            var chosen = decision.getAdditionalParameters().get(ConsentPage.PATIENT);
            require(
                    chosen instanceof String patient && patients.includes(person.getName(), patient),
                    OAuth2ErrorCodes.ACCESS_DENIED,
                    asked,
                    person);
            context = context.withPatient(String.valueOf(chosen));
        }
        boolean isAboutPatient = decision.getScopes().stream()
                .anyMatch(scope -> SmartScope.needsPatient(scope) || scope.equals(AuthorizationRequestRules.LAUNCH));
        return isAboutPatient ? context : LaunchContext.none();
    }

    private static void require(boolean good, String error, Pending asked, Authentication person) {
        if (!good) {
            throw Refusals.redirect(error, OAuth2ParameterNames.SCOPE, asked.asSent(person));
        }
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2AuthorizationConsentAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
