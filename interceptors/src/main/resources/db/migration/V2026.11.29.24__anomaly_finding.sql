-- What the rules found in the audit log, each once; flag is the FHIR resource that shows it.
create table anomaly_finding (
    rule varchar(10) not null,
    actor varchar(200) not null,
    since timestamptz not null,
    found_at timestamptz not null default clock_timestamp(),
    flag varchar(80) not null,
    primary key (rule, actor, since)
);

-- The rules begin with what comes next; nobody is told of what is long past.
insert into audit_export_cursor (name, chain_index) values ('anomaly', (select coalesce(max(chain_index), 0) from audit_chain));
