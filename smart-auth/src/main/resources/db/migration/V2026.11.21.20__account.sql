-- People who sign in. The password is an argon2id hash; fhir_user is relative, such as Patient/alice.
CREATE TABLE account (
    username      text PRIMARY KEY,
    password_hash text        NOT NULL,
    display_name  text        NOT NULL,
    fhir_user     text,
    enabled       boolean     NOT NULL DEFAULT true,
    created_at    timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE account_role (
    username text NOT NULL REFERENCES account ON DELETE CASCADE,
    role     text NOT NULL,
    PRIMARY KEY (username, role)
);

-- One-time codes for the first administrator of an empty installation: SHA-256 only, deleted when used.
CREATE TABLE setup_code (
    code_hash  text PRIMARY KEY,
    expires_at timestamptz NOT NULL
);
