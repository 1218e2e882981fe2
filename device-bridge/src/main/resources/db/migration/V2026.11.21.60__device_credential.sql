-- Secrets by which devices log in to the MQTT broker. More than one may be valid while a secret is being rotated.
create table device_credential (
    id          uuid        primary key,
    device_id   varchar(64) not null,
    secret_hash varchar(100) not null,
    created_at  timestamptz not null default now(),
    revoked_at  timestamptz
);

create index device_credential_active on device_credential (device_id) where revoked_at is null;
