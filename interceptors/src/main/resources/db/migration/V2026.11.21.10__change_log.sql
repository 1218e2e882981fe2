-- One row for each committed write of a resource. Sequence order is not commit order: consumers read in the order of
-- (transaction, number) and only below pg_snapshot_xmin, so that no commit that comes late is ever skipped.
create table change_log (
    transaction xid8 not null default pg_current_xact_id(),
    number bigint generated always as identity,
    resource_type varchar(40) not null,
    resource_id varchar(64) not null,
    version bigint not null,
    kind char(1) not null check (kind in ('C', 'U', 'D')),
    changed_at timestamptz not null default transaction_timestamp(),
    primary key (transaction, number)
);

-- How far each consumer has read; both parts are zero before the first row.
create table change_cursor (
    consumer varchar(60) primary key,
    transaction xid8 not null default '0',
    number bigint not null default 0,
    moved_at timestamptz not null default now()
);

-- Changes that a consumer failed on again and again and has passed over.
create table change_set_aside (
    consumer varchar(60) not null,
    transaction xid8 not null,
    number bigint not null,
    why varchar(500) not null,
    set_aside_at timestamptz not null default now(),
    primary key (consumer, transaction, number)
);
