-- Grants that ended before their access tokens did; expires_at is when the last of those tokens is dead anyway.
CREATE TABLE revoked_grant (
    grant_id   text PRIMARY KEY,
    revoked_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);

CREATE INDEX revoked_grant_expires_at ON revoked_grant (expires_at);
