-- The verified mail address of each account, encrypted under the master key; the keyed hash finds accounts by address.
CREATE TABLE account_address (
    username       text PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    sealed_address bytea       NOT NULL,
    address_hash   bytea       NOT NULL,
    verified_at    timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX account_address_hash ON account_address (address_hash);

-- An address that was asked for and waits to be confirmed: one for each account, of the link only the SHA-256.
CREATE TABLE address_confirmation (
    username       text PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    token_hash     text        NOT NULL UNIQUE,
    sealed_address bytea       NOT NULL,
    expires_at     timestamptz NOT NULL
);
