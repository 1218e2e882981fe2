-- What devices have sent. A row is committed before the broker is told; the projector turns it into an Observation in the
-- transaction that marks it done. State: W waiting, D done, U no patient known at its time, X can never be stored.
create table device_inbox (
    id bigint generated always as identity primary key,
    dedupe_key varchar(250) not null,
    payload_hash bytea not null,
    device_id varchar(64) collate "C" not null,
    reading_type varchar(64) not null,
    payload bytea not null check (octet_length(payload) <= 65536),
    received_at timestamptz not null default clock_timestamp(),
    state char(1) not null check (state in ('W', 'D', 'U', 'X')),
    attempts int not null default 0,
    due_at timestamptz not null default clock_timestamp(),
    observation_id varchar(64),
    refusal varchar(40),
    reason varchar(500),
    ended_at timestamptz,
    unique (dedupe_key, payload_hash)
);

create index device_inbox_waiting on device_inbox (device_id, id) where state = 'W';
create index device_inbox_unmatched on device_inbox (device_id) where state = 'U';
create index device_inbox_dead on device_inbox (id) where state = 'X';
