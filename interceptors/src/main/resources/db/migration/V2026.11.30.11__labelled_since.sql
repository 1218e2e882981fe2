-- From when on each version of a resource was labelled before it was stored: since this server came to the database. What that
-- held before was not. A minute off, for clocks that differ.
create table labelled_since as
    select coalesce(min(installed_on)::timestamptz, now()) - interval '1 minute' as since from ${flyway:table};
