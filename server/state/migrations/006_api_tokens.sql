-- Tokens by which programs ask. Times are milliseconds since 1970, UTC.
create table api_token (
  id text primary key not null,
  account_id text not null references account (id) on delete cascade,
  -- What its owner calls it.
  name text not null,
  -- Hash of what is sent: who reads this table cannot ask with it.
  secret_hash text not null unique,
  -- Words joined by commas.
  scopes text not null,
  created_ms integer not null,
  ends_ms integer not null,
  used_ms integer
) strict;

create index api_token_of_account on api_token (account_id);
