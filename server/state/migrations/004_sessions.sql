-- Who is signed in. Times are milliseconds since 1970, UTC.
create table session (
  -- Hash of what the cookie holds: who reads this table cannot sign in with it.
  id_hash text primary key not null,
  -- Its name in lists, which is no secret.
  id text not null unique,
  -- None before somebody has signed in.
  account_id text references account (id) on delete cascade,
  -- What is kept in it, as JSON.
  content text not null,
  -- Where it was begun, and by which browser.
  address text not null,
  agent text not null,
  created_ms integer not null,
  seen_ms integer not null,
  ends_ms integer not null
) strict;

create index session_of_account on session (account_id);
