-- A question that somebody gave a name. Times are milliseconds since 1970, UTC.
create table saved_view (
  id text primary key not null,
  owner text not null,
  name text not null,
  -- The name in small letters: what is used once among the views of an owner.
  name_key text not null,
  is_shared integer not null,
  query text not null,
  changed_ms integer not null,
  -- When it was deleted; it can be brought back for a while.
  deleted_ms integer
) strict;

create unique index saved_view_name on saved_view (owner, name_key) where deleted_ms is null;
create index saved_view_shared on saved_view (is_shared) where deleted_ms is null;

-- A long address under a short name.
create table short_link (
  id text primary key not null,
  query text not null unique,
  made_ms integer not null
) strict;
