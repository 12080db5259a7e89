-- Credentials of applications, as an imported list says them. Times are milliseconds since 1970, UTC.
create table application_credential (
  -- Key ID in small letters.
  credential_key text primary key not null,
  list_id text not null references registration_list (id) on delete cascade,
  key_id text not null,
  key_type text,
  key_usage text,
  origin text,
  application_id text,
  created_ms integer,
  expires_ms integer,
  last_used_ms integer
) strict, without rowid;

create index application_credential_list on application_credential (list_id);
