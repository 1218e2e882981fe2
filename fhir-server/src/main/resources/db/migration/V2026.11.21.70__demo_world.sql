-- One row as soon as demo data is in this database; no server without the demo starts on it.
create table demo_world (
    only_row     boolean     primary key default true check (only_row),
    begun_at     timestamptz not null default now(),
    complete     boolean     not null default false,
    slots_until  date
);
