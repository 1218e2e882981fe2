-- A trusted extension since PostgreSQL 13: the owner of a database may create it without being a superuser.
create extension if not exists btree_gist;

-- Whose time is given to which Appointment. The rows of an Appointment are written in the transaction that writes the
-- Appointment, whoever writes it; the constraint is what makes a double booking impossible. A hold that ran out keeps its
-- row, lapsed, until its Appointment is cancelled.
create table active_booking (
    appointment varchar(64) not null,
    actor varchar(100) not null,
    seat smallint not null default 1,
    period tstzrange not null check (not isempty(period)),
    expires_at timestamptz,
    lapsed boolean not null default false,
    primary key (appointment, actor, seat),
    constraint active_booking_once
        exclude using gist (actor with =, seat with =, period with &&) where (not lapsed)
);

create index active_booking_hold on active_booking (expires_at) where expires_at is not null;
