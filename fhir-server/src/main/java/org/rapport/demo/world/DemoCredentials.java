package org.rapport.demo.world;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a test client needs to know, as it stands in {@code demo-credentials.json}.
 *
 * @param issuer the authorization server
 * @param mqttUrl the broker
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DemoCredentials(
        String fhirBase,
        String issuer,
        String mqttUrl,
        List<User> users,
        List<Client> clients,
        List<DeviceLogin> devices) {

    DemoCredentials {
        users = List.copyOf(users);
        clients = List.copyOf(clients);
        devices = List.copyOf(devices);
    }

    /** The same with other addresses, for a server that has moved. */
    DemoCredentials at(Addresses addresses) {
        return new DemoCredentials(
                addresses.fhirBase(), addresses.issuer(), addresses.mqttUrl(), users, clients, devices);
    }

    /** The same with these devices. */
    DemoCredentials with(List<DeviceLogin> issued) {
        return new DemoCredentials(fhirBase, issuer, mqttUrl, users, clients, issued);
    }

    /** Where this server is reached. */
    record Addresses(String fhirBase, String issuer, String mqttUrl) {}

    /**
     * Somebody who can sign in.
     *
     * @param fhirUser their resource, relative
     * @param roles codes of their roles
     * @param totpSecret of their authenticator app, base32; null for who signs in by password alone
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record User(
            String username,
            String password,
            String fhirUser,
            List<String> roles,
            @Nullable String totpSecret) {
        User {
            roles = List.copyOf(roles);
        }
    }

    /**
     * An application.
     *
     * @param type {@code public}, {@code confidential} or {@code backend}
     * @param clientSecret of a confidential client
     * @param privateJwk the key by which a backend client signs
     * @param scope the most it can be given, separated by spaces
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Client(
            String clientId,
            String type,
            @Nullable String clientSecret,
            @Nullable Map<String, Object> privateJwk,
            List<String> redirectUris,
            String scope) {
        Client {
            redirectUris = List.copyOf(redirectUris);
        }
    }

    /**
     * A device that can log in to the broker.
     *
     * @param patient whose it is, relative
     */
    record DeviceLogin(String deviceId, String username, String password, String patient) {}
}
