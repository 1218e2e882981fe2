package org.rapport.passkey.spring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.webauthn4j.util.exception.WebAuthnException;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.rapport.factor.RelyingParty;
import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;
import org.springframework.security.web.webauthn.api.AttestationConveyancePreference;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableAuthenticationExtensionsClientInputs;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialDescriptor;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialParameters;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.jackson.WebauthnJackson2Module;
import org.springframework.security.web.webauthn.management.ImmutableRelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyPublicKey;
import org.springframework.security.web.webauthn.management.WebAuthnRelyingPartyOperations;

/**
 * Adds and recognises passkeys; the authenticator must check its user, by PIN or biometrics.
 *
 * @see <a href="https://www.w3.org/TR/webauthn-3/">Web Authentication</a>
 */
public final class Passkeys {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final UserVerificationRequirement VERIFIED = UserVerificationRequirement.REQUIRED;

    private final Optional<RelyingParty> relyingParty;
    private final WebAuthnRelyingPartyOperations webAuthn;
    private final PasskeyUsers users;
    private final PasskeyRecords records;
    private final Challenges challenges;
    private final ObjectMapper json = Jackson2ObjectMapperBuilder.json()
            .modules(new WebauthnJackson2Module())
            .build();

    Passkeys(
            Optional<RelyingParty> relyingParty,
            WebAuthnRelyingPartyOperations webAuthn,
            PasskeyUsers users,
            PasskeyRecords records,
            Challenges challenges) {
        this.relyingParty = relyingParty;
        this.webAuthn = webAuthn;
        this.users = users;
        this.records = records;
        this.challenges = challenges;
    }

    /** Whether there can be passkeys at this server's address. */
    public boolean areOffered() {
        return relyingParty.isPresent();
    }

    /** What a browser needs to make a passkey for the account, as JSON. */
    public String creation(HttpSession session, String username) {
        var user = users.of(username);
        return text(creation(challenges.create(session), user, descriptors(user)));
    }

    /**
     * Keeps the passkey that a browser made.
     *
     * @param credential JSON from the browser
     * @return false when it is no answer to the challenge of this session
     */
    public boolean register(HttpSession session, String username, String name, String credential) {
        var challenge = challenges.spend(session);
        if (challenge.isEmpty() || !areOffered()) {
            return false;
        }
        try {
            PublicKeyCredential<AuthenticatorAttestationResponse> made =
                    json.readValue(credential, new TypeReference<>() {});
            webAuthn.registerCredential(new ImmutableRelyingPartyRegistrationRequest(
                    creation(challenge.get(), users.of(username), List.of()), new RelyingPartyPublicKey(made, name)));
            return true;
        } catch (JsonProcessingException | WebAuthnException | IllegalArgumentException e) {
            return false;
        }
    }

    /** What a browser needs to use a passkey, as JSON; of anybody when no user name is given. */
    public String request(HttpSession session, Optional<String> username) {
        var allowed = username.map(users::of).map(this::descriptors).orElseGet(List::of);
        return text(request(challenges.create(session), allowed));
    }

    /**
     * Finds out whose passkey was used.
     *
     * @param credential JSON from the browser
     * @return the user name; empty when it is no answer to the challenge of this session
     */
    public Optional<String> owner(HttpSession session, String credential) {
        var challenge = challenges.spend(session);
        if (challenge.isEmpty() || !areOffered()) {
            return Optional.empty();
        }
        try {
            PublicKeyCredential<AuthenticatorAssertionResponse> used =
                    json.readValue(credential, new TypeReference<>() {});
            var user = webAuthn.authenticate(
                    new RelyingPartyAuthenticationRequest(request(challenge.get(), List.of()), used));
            return Optional.ofNullable(user).map(PublicKeyCredentialUserEntity::getName);
        } catch (JsonProcessingException | WebAuthnException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private List<PublicKeyCredentialDescriptor> descriptors(PublicKeyCredentialUserEntity user) {
        return records.findByUserId(user.getId()).stream()
                .map(Passkeys::descriptor)
                .toList();
    }

    private static PublicKeyCredentialDescriptor descriptor(CredentialRecord passkey) {
        return PublicKeyCredentialDescriptor.builder()
                .id(passkey.getCredentialId())
                .transports(passkey.getTransports())
                .build();
    }

    private PublicKeyCredentialCreationOptions creation(
            Bytes challenge, PublicKeyCredentialUserEntity user, List<PublicKeyCredentialDescriptor> known) {
        return PublicKeyCredentialCreationOptions.builder()
                .rp(entity(relyingParty.orElseThrow()))
                .user(user)
                .challenge(challenge)
                .pubKeyCredParams(
                        PublicKeyCredentialParameters.EdDSA,
                        PublicKeyCredentialParameters.ES256,
                        PublicKeyCredentialParameters.RS256)
                .timeout(TIMEOUT)
                .excludeCredentials(known)
                .authenticatorSelection(AuthenticatorSelectionCriteria.builder()
                        .residentKey(ResidentKeyRequirement.REQUIRED)
                        .userVerification(VERIFIED)
                        .build())
                .attestation(AttestationConveyancePreference.NONE)
                .extensions(new ImmutableAuthenticationExtensionsClientInputs(List.of()))
                .build();
    }

    private PublicKeyCredentialRequestOptions request(Bytes challenge, List<PublicKeyCredentialDescriptor> allowed) {
        return PublicKeyCredentialRequestOptions.builder()
                .rpId(relyingParty.orElseThrow().id())
                .challenge(challenge)
                .timeout(TIMEOUT)
                .allowCredentials(allowed)
                .userVerification(VERIFIED)
                .extensions(new ImmutableAuthenticationExtensionsClientInputs(List.of()))
                .build();
    }

    static PublicKeyCredentialRpEntity entity(RelyingParty party) {
        return PublicKeyCredentialRpEntity.builder()
                .id(party.id())
                .name("Rapport")
                .build();
    }

    private String text(Object options) {
        try {
            return json.writeValueAsString(options);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Options of a passkey cannot be written.", e);
        }
    }
}
