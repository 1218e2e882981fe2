-- Who did what to whose record: a row for each version written, in its transaction, and for each request and patient read,
-- before the answer leaves. Rows are only ever added.
create table audit_log (
    number bigint generated always as identity primary key,
    recorded timestamptz not null default clock_timestamp(),
    request varchar(64) not null,
    interaction varchar(20) not null,
    status smallint not null,
    times int not null default 1,
    subject varchar(200),
    client varchar(200),
    fhir_user varchar(100),
    address varchar(100),
    resource_type varchar(64),
    resource_id varchar(64),
    version bigint,
    patient varchar(64),
    query varchar(2000)
);

create index audit_log_patient on audit_log (patient, number) where patient is not null;
create index audit_log_subject on audit_log (subject, number);
create index audit_log_recorded on audit_log using brin (recorded);
