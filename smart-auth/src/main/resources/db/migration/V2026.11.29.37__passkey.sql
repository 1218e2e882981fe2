-- By what name authenticators know an account: random, so that it tells nothing of the person.
CREATE TABLE passkey_user (
    handle   bytea PRIMARY KEY,
    username text NOT NULL UNIQUE REFERENCES account ON DELETE CASCADE
);

-- Passkeys (WebAuthn): public keys only, and the counter that gives a copied authenticator away.
CREATE TABLE passkey (
    factor_id               uuid PRIMARY KEY REFERENCES account_factor ON DELETE CASCADE,
    credential_id           bytea   NOT NULL UNIQUE,
    handle                  bytea   NOT NULL REFERENCES passkey_user ON DELETE CASCADE,
    public_key              bytea   NOT NULL,
    signature_count         bigint  NOT NULL,
    uv_initialized          boolean NOT NULL,
    backup_eligible         boolean NOT NULL,
    backup_state            boolean NOT NULL,
    transports              text[]  NOT NULL,
    attestation_object      bytea,
    attestation_client_data bytea
);

CREATE INDEX passkey_handle ON passkey (handle);

-- Challenges not answered yet: SHA-256 only; the answer deletes its own, so that it counts once.
CREATE TABLE passkey_challenge (
    challenge_hash text PRIMARY KEY,
    expires_at     timestamptz NOT NULL
);
