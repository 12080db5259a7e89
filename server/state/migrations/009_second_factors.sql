-- Second factors of accounts. Times are milliseconds since 1970, UTC.
create table second_factor (
  account_id text primary key not null references account (id) on delete cascade,
  -- What codes are made of, in base 32. It cannot be kept as a hash: codes are computed from it.
  secret text not null,
  -- Whether it is asked for. Before, somebody has seen the secret and not shown yet that their app has it.
  is_on integer not null,
  -- The newest 30 seconds of which a code was taken: none of these or before is taken again.
  last_step integer not null,
  created_ms integer not null
) strict;

-- What is typed instead of a code, each once.
create table recovery_code (
  account_id text not null references account (id) on delete cascade,
  code_hash text not null,
  primary key (account_id, code_hash)
) strict;

-- Who looked at what is found by time, and by person, action or address and time.
drop index access_event_at;
create index access_event_at on access_event (at_ms, number);
create index access_event_of_person on access_event (lower(username), at_ms, number);
create index access_event_of_action on access_event (action, at_ms, number);
create index access_event_of_address on access_event (address, at_ms, number);
