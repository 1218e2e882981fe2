package org.rapport.session.spring;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.rapport.access.OwnDevices;
import org.rapport.account.Account;
import org.rapport.account.Accounts;
import org.rapport.account.Role;
import org.rapport.breakglass.BreakGlass;
import org.rapport.breakglass.Reviews;
import org.rapport.session.AppAccess;
import org.rapport.session.ConnectedApp;
import org.rapport.session.LoginSession;
import org.rapport.session.Sessions;

/** What the page of an account shows. */
final class AccountView {

    private final Accounts accounts;
    private final Sessions sessions;
    private final AppAccess apps;
    private final Supplier<Optional<OwnDevices>> devices;

    AccountView(Accounts accounts, Sessions sessions, AppAccess apps, Supplier<Optional<OwnDevices>> devices) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.apps = apps;
        this.devices = devices;
    }

    /** The page's variables, for a person and the cookie of the browser that asks. */
    Map<String, Object> of(String username, String cookie) {
        Map<String, Object> model = new HashMap<>();
        var account = accounts.find(username);
        var current = sessions.idOf(cookie).orElse("");
        model.put("name", account.map(Account::displayName).orElse(username));
        model.put("username", username);
        model.put(
                "invites",
                account.filter(one -> one.roles().stream().anyMatch(Role::invites))
                        .isPresent());
        model.put(
                "administers",
                account.filter(one -> one.roles().contains(Role.ADMIN)).isPresent());
        model.put("breaksGlass", account.filter(BreakGlass::isOpenTo).isPresent());
        model.put("reviews", account.filter(Reviews::areOpenTo).isPresent());
        model.put("record", account.map(Account::fhirUser).map(Linked::of));
        var all = sessions.of(username).stream()
                .map(session -> SessionLine.of(session, current))
                .toList();
        model.put("sessions", all);
        model.put("hasOthers", all.stream().anyMatch(session -> !session.current()));
        model.put("apps", apps.of(username).stream().map(AppLine::of).toList());
        model.put("devices", devicesOf(account));
        return model;
    }

    private List<OwnDevices.OwnDevice> devicesOf(Optional<Account> account) {
        var own = devices.get();
        return own.isEmpty()
                ? List.of()
                : account.flatMap(Account::ownRecord)
                        .map(patient -> own.get().of(patient))
                        .orElse(List.of());
    }

    private static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    /** The resource that an account belongs to. */
    record Linked(String type, String id) {

        static Linked of(String fhirUser) {
            var parts = fhirUser.split("/", 2);
            return new Linked(parts[0], parts.length > 1 ? parts[1] : "");
        }
    }

    /** One session; times are in UTC. */
    record SessionLine(
            String id, String device, String address, OffsetDateTime since, OffsetDateTime seen, boolean current) {

        static SessionLine of(LoginSession session, String current) {
            return new SessionLine(
                    session.id(),
                    session.device(),
                    session.address(),
                    utc(session.signedInAt()),
                    utc(session.lastSeen()),
                    session.id().equals(current));
        }
    }

    /** One application; times are in UTC. */
    record AppLine(
            String clientId,
            String name,
            List<Allowance> allowances,
            Optional<OffsetDateTime> since,
            Optional<OffsetDateTime> used) {

        static AppLine of(ConnectedApp app) {
            return new AppLine(
                    app.clientId(),
                    app.name(),
                    Allowance.of(app.scopes()),
                    app.since().map(AccountView::utc),
                    app.lastUsed().map(AccountView::utc));
        }
    }
}
