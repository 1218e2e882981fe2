-- The login session a grant was given in (login_session.primary_id, which is no secret), and what its owner is shown.
ALTER TABLE oauth2_authorization
    ADD COLUMN login_session   text,
    ADD COLUMN created_address text,
    ADD COLUMN created_device  text,
    ADD COLUMN last_used_at    timestamptz;

CREATE INDEX oauth2_authorization_login_session ON oauth2_authorization (login_session);
CREATE INDEX oauth2_authorization_client ON oauth2_authorization (registered_client_id);
