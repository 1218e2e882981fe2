-- What must leave the house after commit. A row is written in the transaction that decides on it; a worker leases it in a
-- short transaction, sends outside of any, and records the outcome only while its lease still holds.
create table outbox_item (
    id bigint generated always as identity primary key,
    kind varchar(60) not null,
    key varchar(200) not null,
    lane varchar(100),
    payload text not null,
    created_at timestamptz not null default now(),
    due_at timestamptz not null,
    give_up_at timestamptz not null,
    attempts int not null default 0,
    lease uuid,
    leased_until timestamptz,
    left_at timestamptz, -- has left already; what follows from it is still to be written
    state char(1) not null default 'W' check (state in ('W', 'D', 'P')),
    outcome varchar(500),
    ended_at timestamptz,
    unique (kind, key)
);

create index outbox_item_due on outbox_item (kind, due_at, id) where state = 'W';
create index outbox_item_lane on outbox_item (kind, lane, id) where state = 'W' and lane is not null;
create index outbox_item_parked on outbox_item (kind, id) where state = 'P';
