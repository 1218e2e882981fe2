-- Each reminder of a patient's appointment at a time, once; a moved appointment has others.
create table reminder (
    appointment varchar(64) not null,
    patient varchar(64) not null,
    start_at timestamptz not null,
    lead_seconds bigint not null,
    due_at timestamptz not null,
    try_at timestamptz not null default '-infinity',
    request varchar(64) not null,
    state char(1) not null default 'W' check (state in ('W', 'D', 'R')),
    primary key (appointment, patient, start_at, lead_seconds)
);

create index reminder_due on reminder (due_at) where state = 'W';
create unique index reminder_request on reminder (request);

-- Links in messages, by the hash of their token: whoever holds the token may answer for the appointment at that time.
create table action_link (
    token_hash bytea primary key,
    appointment varchar(64) not null,
    patient varchar(64) not null,
    start_at timestamptz not null,
    made_at timestamptz not null default now()
);
