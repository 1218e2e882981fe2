-- How far the audit chain has been passed on, by whom, and which instance is at it until when.
create table audit_export_cursor (
    name varchar(60) primary key,
    chain_index bigint not null default 0,
    lease uuid,
    leased_until timestamptz
);
insert into audit_export_cursor (name) values ('syslog');
