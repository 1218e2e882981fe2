-- Each time somebody opened the record of a patient in an emergency: it outlives the account and the grant it names.
CREATE TABLE break_glass (
    id            uuid PRIMARY KEY,
    username      text        NOT NULL,
    patient       varchar(64) NOT NULL,
    reason        text        NOT NULL,
    explanation   text        NOT NULL CHECK (char_length(explanation) BETWEEN 10 AND 500),
    often         boolean     NOT NULL,
    login_session text        NOT NULL,
    started_at    timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    grant_id      text UNIQUE,
    ended_at      timestamptz,
    reminded_at   timestamptz,
    reviewed_at   timestamptz,
    reviewed_by   text,
    justified     boolean,
    remark        text CHECK (char_length(remark) <= 500),
    CHECK ((reviewed_at IS NULL) = (reviewed_by IS NULL) AND (reviewed_at IS NULL) = (justified IS NULL))
);

CREATE INDEX break_glass_username ON break_glass (username, started_at);
CREATE INDEX break_glass_running ON break_glass (started_at) WHERE ended_at IS NULL;
CREATE INDEX break_glass_unreviewed ON break_glass (started_at) WHERE reviewed_at IS NULL;

-- The grant whose access token a grant was exchanged for: both end together.
ALTER TABLE oauth2_authorization ADD COLUMN parent_id text;
CREATE INDEX oauth2_authorization_parent_id ON oauth2_authorization (parent_id) WHERE parent_id IS NOT NULL;
