-- The Subscriptions as they stood where the matcher is in the change log: every instance sees the same ones. A row stays
-- when its resource is deleted, so that event numbers are never given twice.
create table subscription (
    id varchar(64) primary key,
    version bigint not null,
    state varchar(10) not null check (state in ('active', 'off', 'error', 'deleted')),
    resource_type varchar(40),
    query text,
    endpoint text,
    payload varchar(100),
    headers text not null default '',
    author jsonb,
    ends_at timestamptz,
    next_event bigint not null default 1,
    check (state <> 'active'
        or (resource_type is not null and query is not null and endpoint is not null and author is not null))
);

create index subscription_end on subscription (ends_at) where state = 'active' and ends_at is not null;

-- Who wrote which version of a Subscription, in the transaction that stored it: deliveries are judged by this caller.
create table subscription_author (
    subscription_id varchar(64) not null,
    version bigint not null,
    author jsonb not null,
    primary key (subscription_id, version)
);

-- Changes that a subscription could not be asked about; whoever mends the cause finds here what was left out.
create table subscription_set_aside (
    id bigint generated always as identity primary key,
    subscription_id varchar(64) not null,
    resource_type varchar(40) not null,
    resource_id varchar(64) not null,
    version bigint not null,
    why varchar(500) not null,
    set_aside_at timestamptz not null default now()
);
