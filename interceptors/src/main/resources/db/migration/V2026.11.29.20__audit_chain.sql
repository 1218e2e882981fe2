-- The hash chain over the audit log: one row for each row of the log, in the order in which they were committed, without a
-- gap. row_hash is HMAC-SHA256 of previous, payload_hash and chain_index under the key of the epoch.
create table audit_chain (
    chain_index bigint primary key,
    number bigint not null unique,
    recorded timestamptz not null,
    epoch int not null,
    previous bytea not null,
    payload_hash bytea not null,
    row_hash bytea not null
);
create index audit_chain_recorded on audit_chain using brin (recorded);

-- How far the log has been chained.
create table audit_chain_cursor (
    one boolean primary key default true check (one),
    transaction xid8 not null default '0',
    number bigint not null default 0
);
insert into audit_chain_cursor default values;

-- The keys of each epoch, sealed under the master key.
create table audit_key (
    epoch int primary key,
    chain_key bytea not null,
    signing_key bytea not null,
    made_at timestamptz not null default now()
);

-- Statements, signed, that the database was restored from a backup by somebody who may.
create table audit_reseal (
    number bigint generated always as identity primary key,
    statement text not null
);

-- Rows are only ever added. The role that owns these tables could take both locks off again: what it changes then, the
-- chain tells.
create function refuse_audit_change() returns trigger language plpgsql as $$
begin
    raise exception 'Rows of % are only ever added.', tg_table_name using errcode = 'insufficient_privilege';
end
$$;

create trigger only_added before update or delete on audit_log for each row execute function refuse_audit_change();
create trigger never_emptied before truncate on audit_log for each statement execute function refuse_audit_change();
create trigger never_emptied before truncate on audit_months.earliest
    for each statement execute function refuse_audit_change();
create trigger never_emptied before truncate on audit_months.later
    for each statement execute function refuse_audit_change();
create trigger only_added before update or delete on audit_chain for each row execute function refuse_audit_change();
create trigger never_emptied before truncate on audit_chain for each statement execute function refuse_audit_change();
create trigger only_added before update or delete on audit_reseal for each row execute function refuse_audit_change();
create trigger never_emptied before truncate on audit_reseal for each statement execute function refuse_audit_change();

revoke update, delete, truncate on audit_log, audit_months.earliest, audit_months.later, audit_chain, audit_reseal
    from current_user;
