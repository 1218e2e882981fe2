-- Links that replace a forgotten password: of each only the SHA-256; spent by one UPDATE. Rows are kept for a day, to count how
-- many mails went to an address.
CREATE TABLE password_reset (
    token_hash   text PRIMARY KEY,
    username     text        NOT NULL REFERENCES account ON DELETE CASCADE,
    mail         uuid        NOT NULL,
    address_hash bytea       NOT NULL,
    asked_at     timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL,
    spent_at     timestamptz
);

CREATE INDEX password_reset_address ON password_reset (address_hash, asked_at);
CREATE INDEX password_reset_username ON password_reset (username, asked_at);
CREATE INDEX password_reset_asked_at ON password_reset (asked_at);
