-- Whose account somebody opens who signed in at an outside OpenID Connect provider.
CREATE TABLE outside_identity (
    provider  text        NOT NULL,
    subject   text        NOT NULL,
    username  text        NOT NULL REFERENCES account ON DELETE CASCADE,
    linked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (provider, subject)
);

CREATE INDEX outside_identity_username ON outside_identity (username);
