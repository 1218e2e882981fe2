-- Applications that may ask for tokens. The secret is an argon2id hash; jwks holds public keys only.
CREATE TABLE smart_client (
    client_id     text PRIMARY KEY,
    type          text        NOT NULL CHECK (type IN ('public', 'confidential', 'backend')),
    name          text        NOT NULL,
    secret_hash   text,
    jwks          jsonb,
    redirect_uris text[]      NOT NULL,
    scopes        text[]      NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    CHECK ((type = 'confidential') = (secret_hash IS NOT NULL)),
    CHECK ((type = 'backend') = (jwks IS NOT NULL))
);

-- Grants in the columns Spring Authorization Server reads. The *_value columns hold "#" and the SHA-256 of the token,
-- never the token.
CREATE TABLE oauth2_authorization (
    id                            text PRIMARY KEY,
    registered_client_id          text NOT NULL REFERENCES smart_client ON DELETE CASCADE,
    principal_name                text NOT NULL,
    authorization_grant_type      text NOT NULL,
    authorized_scopes             text,
    attributes                    text,
    state                         text UNIQUE,
    authorization_code_value      text UNIQUE,
    authorization_code_issued_at  timestamptz,
    authorization_code_expires_at timestamptz,
    authorization_code_metadata   text,
    access_token_value            text UNIQUE,
    access_token_issued_at        timestamptz,
    access_token_expires_at       timestamptz,
    access_token_metadata         text,
    access_token_type             text,
    access_token_scopes           text,
    oidc_id_token_value           text UNIQUE,
    oidc_id_token_issued_at       timestamptz,
    oidc_id_token_expires_at      timestamptz,
    oidc_id_token_metadata        text,
    refresh_token_value           text UNIQUE,
    refresh_token_issued_at       timestamptz,
    refresh_token_expires_at      timestamptz,
    refresh_token_metadata        text,
    user_code_value               text UNIQUE,
    user_code_issued_at           timestamptz,
    user_code_expires_at          timestamptz,
    user_code_metadata            text,
    device_code_value             text UNIQUE,
    device_code_issued_at         timestamptz,
    device_code_expires_at        timestamptz,
    device_code_metadata          text,
    created_at                    timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX oauth2_authorization_principal_name ON oauth2_authorization (principal_name);
CREATE INDEX oauth2_authorization_created_at ON oauth2_authorization (created_at);

-- What a person has allowed an application, in the columns Spring Authorization Server reads.
CREATE TABLE oauth2_authorization_consent (
    registered_client_id text NOT NULL REFERENCES smart_client ON DELETE CASCADE,
    principal_name       text NOT NULL,
    authorities          text NOT NULL,
    PRIMARY KEY (registered_client_id, principal_name)
);

-- Refresh tokens already exchanged: seeing one again means that it was copied.
CREATE TABLE spent_refresh_token (
    token_hash       text PRIMARY KEY,
    authorization_id text        NOT NULL REFERENCES oauth2_authorization ON DELETE CASCADE,
    spent_at         timestamptz NOT NULL
);

CREATE INDEX spent_refresh_token_authorization_id ON spent_refresh_token (authorization_id);

-- Client assertions already used, kept until they expire.
CREATE TABLE client_assertion (
    client_id  text        NOT NULL,
    jti_hash   text        NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, jti_hash)
);

CREATE INDEX client_assertion_expires_at ON client_assertion (expires_at);

-- Keys that sign tokens. private_key is AES-256-GCM under the master key, bound to the key id.
CREATE TABLE signing_key (
    kid         text PRIMARY KEY,
    private_key bytea       NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now()
);
