-- What people sign in with besides the password.
CREATE TABLE account_factor (
    id           uuid PRIMARY KEY     DEFAULT gen_random_uuid(),
    username     text        NOT NULL REFERENCES account ON DELETE CASCADE,
    kind         text        NOT NULL CHECK (kind IN ('totp', 'passkey')),
    name         text        NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz
);

CREATE INDEX account_factor_username ON account_factor (username);

-- Secrets of authenticator apps: AES-256-GCM under the master key, bound to the factor's id.
CREATE TABLE totp_secret (
    factor_id uuid PRIMARY KEY REFERENCES account_factor ON DELETE CASCADE,
    secret    bytea NOT NULL
);

-- Time steps whose code was taken; a second insert fails, and with it the second use.
CREATE TABLE spent_time_step (
    username text   NOT NULL REFERENCES account ON DELETE CASCADE,
    step     bigint NOT NULL,
    PRIMARY KEY (username, step)
);

-- Recovery codes not used yet: SHA-256 only, deleted when used.
CREATE TABLE recovery_code (
    username  text NOT NULL REFERENCES account ON DELETE CASCADE,
    code_hash text NOT NULL,
    PRIMARY KEY (username, code_hash)
);
