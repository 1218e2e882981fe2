-- What the migrations made, object by object; compared at every start.
create table schema_object (
    kind text not null,
    name text not null,
    definition text not null,
    primary key (kind, name)
);
