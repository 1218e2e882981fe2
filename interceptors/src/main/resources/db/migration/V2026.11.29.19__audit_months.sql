-- The audit log gets one partition for each month, so that a month can be moved or searched by itself; what was there
-- before is the first partition. Partitions lie in a schema of their own: they come and go without a migration.
create schema audit_months;

lock table audit_log in access exclusive mode;
alter table audit_log alter column number drop identity;
alter table audit_log
    add column token varchar(64),
    add column purpose varchar(40),
    add column transaction xid8 not null default pg_current_xact_id();
alter table audit_log drop constraint audit_log_pkey;
drop index audit_log_patient;
drop index audit_log_subject;
drop index audit_log_recorded;
alter table audit_log rename to earliest;
alter table earliest set schema audit_months;

create sequence audit_log_number;

-- token is the id of the access token, purpose the purpose of use, transaction tells the chainer what is committed for good.
create table audit_log (
    number bigint not null default nextval('audit_log_number'),
    recorded timestamptz not null default clock_timestamp(),
    request varchar(64) not null,
    interaction varchar(40) not null,
    status smallint not null,
    times int not null default 1,
    subject varchar(200),
    client varchar(200),
    fhir_user varchar(100),
    address varchar(100),
    resource_type varchar(64),
    resource_id varchar(200),
    version bigint,
    patient varchar(64),
    query varchar(2000),
    token varchar(64),
    purpose varchar(40),
    transaction xid8 not null default pg_current_xact_id(),
    primary key (number, recorded)
) partition by range (recorded);

create index audit_log_patient on audit_log (patient, number) where patient is not null;
create index audit_log_subject on audit_log (subject, number);
create index audit_log_transaction on audit_log (transaction, number);
create index audit_log_recorded on audit_log using brin (recorded);

do $$
begin
    perform setval('audit_log_number', coalesce((select max(number) from audit_months.earliest), 0) + 1, false);
    execute format('alter table audit_log attach partition audit_months.earliest for values from (minvalue) to (%L)',
        (date_trunc('month', greatest(now(), (select max(recorded) from audit_months.earliest)) at time zone 'UTC')
            + interval '1 month') at time zone 'UTC');
end
$$;

-- For rows of a clock that is far ahead; nothing is refused for want of a month.
create table audit_months.later partition of audit_log default;
