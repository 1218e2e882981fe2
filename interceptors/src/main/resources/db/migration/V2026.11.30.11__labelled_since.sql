-- From when on each version of a resource was labelled before it was stored: always, but for what the database held when this
-- server came to it.
create table labelled_since (since timestamptz not null);

do $$
declare
    held boolean := false;
begin
    if to_regclass('hfj_resource') is not null then
        execute 'select exists (select from hfj_resource)' into held;
    end if;
    insert into labelled_since
        select case when held then coalesce(min(installed_on), now()) else to_timestamp(0) end from ${flyway:table};
end
$$;
