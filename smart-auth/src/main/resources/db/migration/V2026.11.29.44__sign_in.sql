-- Who signed in from where, as their owner sees it; null for a browser that nobody has signed in with.
ALTER TABLE login_session
    ADD COLUMN signed_in_at timestamptz,
    ADD COLUMN address      text,
    ADD COLUMN device       text;

-- Where an application may send a browser after it signed somebody out; exact addresses.
ALTER TABLE smart_client ADD COLUMN post_logout_redirect_uris text[] NOT NULL DEFAULT '{}';
