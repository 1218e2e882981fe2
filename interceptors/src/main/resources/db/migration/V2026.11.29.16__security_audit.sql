-- Acts on identities (sign-ins, tokens, clients, roles) stand in the same log as requests: resource_id holds the name of
-- what was acted on (with no resource_type), query a short word on how.
alter table audit_log alter column interaction type varchar(40);
alter table audit_log alter column resource_id type varchar(200);
