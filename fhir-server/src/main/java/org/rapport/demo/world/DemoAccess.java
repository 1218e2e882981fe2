package org.rapport.demo.world;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.rapport.account.Accounts;
import org.rapport.account.NewAccount;
import org.rapport.account.Role;
import org.rapport.demo.record.DemoDevices;
import org.rapport.demo.world.DemoCredentials.Client;
import org.rapport.demo.world.DemoCredentials.DeviceLogin;
import org.rapport.demo.world.DemoCredentials.User;
import org.rapport.device.DeviceCredentials;
import org.rapport.factor.TotpFactors;
import org.rapport.factor.TotpSecret;
import org.rapport.smart.ClientDetails;
import org.rapport.smart.ClientRegistration;
import org.rapport.smart.Clients;

/** Lets the demo's people, applications and devices in, as the administration would. */
final class DemoAccess {

    /** The client that may create launch contexts. */
    private static final String EHR = "demo-ehr";

    private final Accounts accounts;
    private final Clients clients;
    private final DeviceCredentials devices;
    private final TotpFactors apps;

    DemoAccess(Accounts accounts, Clients clients, DeviceCredentials devices, TotpFactors apps) {
        this.accounts = accounts;
        this.clients = clients;
        this.devices = devices;
        this.apps = apps;
    }

    /** Registers everybody who is not; gives each device a secret and returns what now is valid. */
    DemoCredentials grant(DemoCredentials credentials) {
        credentials.users().forEach(this::letIn);
        credentials
                .clients()
                .forEach(client -> clients.registerIfAbsent(registration(client).with(details(client))));
        return issueDevices(credentials);
    }

    private void letIn(User user) {
        accounts.createIfAbsent(account(user));
        if (user.totpSecret() != null) {
            apps.addIfNone(user.username(), "Demo", TotpSecret.ofBase32(user.totpSecret()));
        }
    }

    private static NewAccount account(User user) {
        var roles = user.roles().stream()
                .map(Role::ofCode)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        return new NewAccount(user.username(), user.password(), user.username(), user.fhirUser(), roles);
    }

    private static ClientDetails details(Client client) {
        return ClientDetails.NONE.withLaunch(client.clientId().equals(EHR));
    }

    private static ClientRegistration registration(Client client) {
        var scopes = Set.of(client.scope().split(" "));
        var redirects = Set.copyOf(client.redirectUris());
        var name = "Demo: " + client.clientId();
        return switch (client.type()) {
            case "public" -> ClientRegistration.publicClient(client.clientId(), name, redirects, scopes);
            case "confidential" ->
                ClientRegistration.confidentialClient(
                        client.clientId(), name, Objects.requireNonNull(client.clientSecret()), redirects, scopes);
            default -> ClientRegistration.backendClient(client.clientId(), name, publicKeys(client), scopes);
        };
    }

    private static String publicKeys(Client client) {
        try {
            Map<String, Object> key = Objects.requireNonNull(client.privateJwk());
            return new JWKSet(JWK.parse(key)).toString(true);
        } catch (ParseException e) {
            throw new IllegalStateException("The demo made a key that it cannot read", e);
        }
    }

    /** A secret that was issued and not written down, because the process was killed in between, is revoked. */
    private DemoCredentials issueDevices(DemoCredentials credentials) {
        var logins = new ArrayList<>(credentials.devices());
        DemoDevices.patients().forEach((device, patient) -> {
            if (logins.stream().noneMatch(login -> login.deviceId().equals(device))) {
                devices.revoke(device);
                logins.add(new DeviceLogin(device, device, devices.issue(device), patient));
            }
        });
        return credentials.with(logins);
    }
}
