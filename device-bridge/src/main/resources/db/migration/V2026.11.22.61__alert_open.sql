-- The alert that was raised last for a patient by a rule. The row is locked while somebody decides whether that alert is
-- still open, so that two breaches at the same moment raise one alert.
create table alert_open (
    patient_id varchar(64) not null,
    rule varchar(60) not null,
    issue_id varchar(64),
    task_id varchar(64),
    opened_at timestamptz,
    primary key (patient_id, rule)
);

-- Which default limits were stored once; they are not stored again, whatever became of them.
create table alert_default_limit (
    id varchar(64) primary key,
    stored_at timestamptz not null default now()
);
