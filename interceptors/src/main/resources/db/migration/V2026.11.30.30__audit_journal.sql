-- Rows that came by way of a journal while the log took none say which one and which line of it; recorded is then the time
-- of the line. Up to where each journal has been taken in is kept here, in the same transaction as its rows.
alter table audit_log add column journal varchar(60);

create table audit_journal (
    id uuid primary key,
    lines bigint not null,
    head bytea not null, -- hash of the last line
    imported_at timestamptz not null default clock_timestamp()
);
