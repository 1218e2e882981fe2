-- Which sets of definitions (search parameters, packages) are in the store, by digest of their content.
create table installed_definition (
    name text primary key,
    digest text not null,
    installed_at timestamptz not null default now()
);
