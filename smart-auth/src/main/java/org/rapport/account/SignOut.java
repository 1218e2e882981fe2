package org.rapport.account;

import java.util.Optional;

/** Ends what an account is signed in to: browser sessions, apps, refresh tokens. */
public interface SignOut {

    /**
     * Ends everything, in the transaction that runs.
     *
     * @param keptSession id of the one session that goes on; empty to end all
     */
    void everywhere(String username, Optional<String> keptSession);
}
