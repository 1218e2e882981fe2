-- Open invitations: of the code only the SHA-256, of the birth date a keyed hash; deleted when used.
CREATE TABLE invitation (
    code_hash       text PRIMARY KEY,
    birth_date_hash bytea,
    username        text,
    display_name    text        NOT NULL,
    fhir_user       text,
    roles           text        NOT NULL,
    invited_by      text        NOT NULL,
    tries_left      integer     NOT NULL DEFAULT 5,
    created_at      timestamptz NOT NULL DEFAULT now(),
    expires_at      timestamptz NOT NULL
);

CREATE INDEX invitation_expires_at ON invitation (expires_at);
