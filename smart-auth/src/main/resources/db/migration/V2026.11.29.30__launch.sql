-- Clients that may open applications for their users: EHRs.
CREATE TABLE launching_client (
    client_id text PRIMARY KEY REFERENCES smart_client ON DELETE CASCADE
);

-- Launches that an EHR has prepared and no application has used. launch_hash is "#" and the SHA-256 of the launch value;
-- a row is deleted by its use.
CREATE TABLE launch (
    launch_hash text PRIMARY KEY,
    client_id   text        NOT NULL REFERENCES smart_client ON DELETE CASCADE,
    username    text        NOT NULL REFERENCES account ON DELETE CASCADE,
    context     jsonb       NOT NULL,
    expires_at  timestamptz NOT NULL
);

CREATE INDEX launch_expires_at ON launch (expires_at);
CREATE INDEX launch_client_id ON launch (client_id);
CREATE INDEX launch_username ON launch (username);
