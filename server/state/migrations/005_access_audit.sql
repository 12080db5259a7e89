-- Who looked at what. Rows are only added, and taken out from the oldest on when they are past their retention.
create table access_event (
  -- From 1, without gaps.
  number integer primary key not null,
  at_ms integer not null,
  -- None for somebody who is not signed in.
  account_id text,
  username text not null,
  -- What was done: one of a few words.
  action text not null,
  -- What it was done to: a query, a request ID, an account.
  subject text not null,
  address text not null,
  -- Over this row and the hash of the one before.
  hash text not null
) strict;

create index access_event_at on access_event (at_ms);
