-- Signed-in browsers, shared by all instances (Spring Session).
CREATE TABLE login_session (
    primary_id            char(36) PRIMARY KEY,
    session_id            char(36) NOT NULL UNIQUE,
    creation_time         bigint   NOT NULL,
    last_access_time      bigint   NOT NULL,
    max_inactive_interval integer  NOT NULL,
    expiry_time           bigint   NOT NULL,
    principal_name        text
);

CREATE INDEX login_session_expiry_time ON login_session (expiry_time);
CREATE INDEX login_session_principal_name ON login_session (principal_name);

CREATE TABLE login_session_attributes (
    session_primary_id char(36) NOT NULL REFERENCES login_session ON DELETE CASCADE,
    attribute_name     text     NOT NULL,
    attribute_bytes    bytea    NOT NULL,
    PRIMARY KEY (session_primary_id, attribute_name)
);
