-- Bulk exports: what was asked, by whom, and the output until it is deleted or expires. A worker leases an export for one
-- step at a time; whatever it writes counts only while its lease still holds.
create table export_job (
    id uuid primary key default gen_random_uuid(),
    subject varchar(200) not null,
    client varchar(200) not null,
    scopes text not null,
    purpose varchar(40) not null,
    address varchar(100),
    token varchar(64),
    request varchar(64) not null,
    url text not null,
    of_group varchar(64),
    types text[] not null,
    patients text[] not null,
    since timestamptz,
    state char(1) not null default 'W' check (state in ('W', 'R', 'D', 'F')), -- waits, runs, is done, has failed
    transaction_time timestamptz not null default date_trunc('milliseconds', clock_timestamp()),
    transaction xid8 not null default pg_current_xact_id(), -- runs when all that began before has ended
    expires_at timestamptz not null,
    attempts int not null default 0, -- of the step that comes next
    lease uuid,
    leased_until timestamptz,
    stepped_at timestamptz,
    bytes bigint not null default 0,
    status smallint, -- of a failure, with its code and its words
    code varchar(40),
    diagnostics varchar(200)
);

create index export_job_open on export_job (stepped_at, id) where state in ('W', 'R');
create index export_job_client on export_job (client) where state in ('W', 'R');
create index export_job_expires_at on export_job (expires_at);

-- Whose records it is about.
create table export_patient (
    export uuid not null references export_job on delete cascade,
    patient varchar(64) not null,
    done boolean not null default false,
    disclosed boolean not null default false, -- the audit log tells of it
    primary key (export, patient)
);

-- NDJSON, packed with gzip. With a lease it belongs to a step that has not ended, or never will.
create table export_part (
    export uuid not null references export_job on delete cascade,
    number bigint generated always as identity,
    type varchar(64) not null,
    bytes bigint not null, -- unpacked
    content bytea not null,
    lease uuid,
    primary key (export, number)
);
