-- Tokens by which developers register applications, as SHA-256.
CREATE TABLE initial_access_token (
    id         text PRIMARY KEY,
    token_hash text        NOT NULL UNIQUE,
    note       text        NOT NULL,
    uses_left  integer     NOT NULL CHECK (uses_left >= 0),
    expires_at timestamptz NOT NULL,
    created_by text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- SHA-256 of the token by which a developer looks at or removes what he registered.
ALTER TABLE smart_client ADD COLUMN registration_hash text UNIQUE;
