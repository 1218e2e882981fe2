package org.rapport.launch;

import java.util.Optional;
import org.rapport.account.Account;
import org.rapport.account.Accounts;
import org.rapport.smart.Clients;
import org.rapport.smart.Clients.RegisteredApp;

/**
 * Decides whether an EHR may open an application with a patient, and opens it.
 *
 * <p>The EHR acts for its user by the user's own access token: it opens nothing that the user could not open.
 */
public final class EhrLaunch {

    private static final String LAUNCH = "launch";

    private final Launches launches;
    private final Clients clients;
    private final Accounts accounts;
    private final Records records;

    public EhrLaunch(Launches launches, Clients clients, Accounts accounts, Records records) {
        this.launches = launches;
        this.clients = clients;
        this.accounts = accounts;
        this.records = records;
    }

    /** Where it is known who may open which record, and what is in it. */
    public record Records(Reachable patients, PatientResources resources) {}

    /** What came of a request. */
    public sealed interface Answer {

        /** The application may be opened with this value. */
        record Opened(String launch) implements Answer {

            /** Nothing: who has the value can use it. */
            @Override
            public String toString() {
                return "Opened";
            }
        }

        /** The client is no EHR, or no person is behind its token. */
        record NotAnEhr() implements Answer {}

        /** There is no such application, or it cannot be opened by an EHR. */
        record NoSuchApplication() implements Answer {}

        /** The user cannot open this record, or something named beside it is not in it; nothing tells which. */
        record Closed() implements Answer {}
    }

    /**
     * Opens an application.
     *
     * @param ehr client that holds the user's access token
     * @param username the token's subject; the client itself where nobody is behind it
     */
    public Answer open(String ehr, String username, LaunchRequest request) {
        boolean isPerson = !ehr.equals(username);
        var user = isPerson && enabled(ehr).filter(RegisteredApp::mayLaunch).isPresent()
                ? accounts.find(username).filter(Account::enabled)
                : Optional.<Account>empty();
        if (user.isEmpty()) {
            return new Answer.NotAnEhr();
        }
        if (enabled(request.clientId())
                .filter(application -> application.scopes().contains(LAUNCH))
                .isEmpty()) {
            return new Answer.NoSuchApplication();
        }
        if (!records.patients().includes(username, request.patient()) || !inRecord(request)) {
            return new Answer.Closed();
        }
        return new Answer.Opened(launches.create(new LaunchTarget(request.clientId(), username), request.context()));
    }

    private Optional<RegisteredApp> enabled(String clientId) {
        return clients.find(clientId).filter(client -> client.status().enabled());
    }

    private boolean inRecord(LaunchRequest request) {
        return request.references().stream()
                .allMatch(reference -> records.resources().belong(reference, request.patient()));
    }
}
