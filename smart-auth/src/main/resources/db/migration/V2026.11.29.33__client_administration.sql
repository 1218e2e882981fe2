-- A confidential client may sign its assertions instead of knowing a secret; keys may lie at an address of the client.
ALTER TABLE smart_client
    DROP CONSTRAINT smart_client_check,
    DROP CONSTRAINT smart_client_check1,
    ADD COLUMN jwks_uri      text,
    ADD COLUMN enabled       boolean     NOT NULL DEFAULT true,
    ADD COLUMN may_launch    boolean     NOT NULL DEFAULT false,
    ADD COLUMN extra_origins text[]      NOT NULL DEFAULT '{}',
    ADD COLUMN client_uri    text,
    ADD COLUMN contacts      text[]      NOT NULL DEFAULT '{}',
    ADD COLUMN created_by    text        NOT NULL DEFAULT 'rapport',
    ADD COLUMN changed_at    timestamptz NOT NULL DEFAULT now(),
    ADD CONSTRAINT smart_client_proof CHECK (
        CASE type
            WHEN 'public' THEN num_nonnulls(secret_hash, jwks, jwks_uri) = 0
            WHEN 'confidential' THEN num_nonnulls(secret_hash, jwks, jwks_uri) = 1
            ELSE secret_hash IS NULL AND num_nonnulls(jwks, jwks_uri) = 1
        END);
