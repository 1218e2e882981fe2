-- The texts of the policies that patients consent to. What is published is never changed and never removed: a Provenance
-- names a text by its hash, and this is where it is found.
create table policy_version (
    uri varchar(255) not null,
    version varchar(64) not null,
    effective timestamptz not null,
    published_at timestamptz not null default clock_timestamp(),
    published_by varchar(200) not null,
    primary key (uri, version)
);

create table policy_text (
    uri varchar(255) not null,
    version varchar(64) not null,
    language varchar(35) not null,
    title varchar(200) not null,
    content_type varchar(20) not null check (content_type in ('text/plain', 'text/markdown')),
    content text not null check (char_length(content) between 1 and 100000),
    sha256 char(64) not null, -- of the content in UTF-8, in hexadecimal
    published_at timestamptz not null default clock_timestamp(),
    published_by varchar(200) not null,
    primary key (uri, version, language),
    foreign key (uri, version) references policy_version,
    check (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex'))
);

-- The role that owns these tables could take both locks off again, as with the audit log.
create trigger only_added before update or delete on policy_version for each row execute function refuse_audit_change();
create trigger never_emptied before truncate on policy_version
    for each statement execute function refuse_audit_change();
create trigger only_added before update or delete on policy_text for each row execute function refuse_audit_change();
create trigger never_emptied before truncate on policy_text for each statement execute function refuse_audit_change();
revoke update, delete, truncate on policy_text from current_user;
revoke delete, truncate on policy_version from current_user; -- the foreign key locks rows, and that takes the right to update
