-- Lists beside the log: what people registered to sign in with, what they registered and reset and when, relying parties
-- of AD FS, and numbers that were counted elsewhere. Times are milliseconds since 1970, UTC.
create table registration_list (
  id text primary key not null,
  -- File that it came from.
  origin text not null,
  imported_ms integer not null,
  -- The same for every file with the same bytes.
  content_key text not null
) strict;

create index registration_list_content on registration_list (content_key);

-- What the lists say of a person. Yes is 1, no is 0, and what no list says is null.
create table registration_person (
  -- Object ID, or else username, in small letters.
  person_key text primary key not null,
  -- The list that said something of the person last.
  list_id text not null references registration_list (id) on delete cascade,
  user_id text,
  username text,
  display_name text,
  user_type text,
  -- A letter for each flag: y, n, or - where no list says it.
  flags text not null,
  default_method text,
  -- One a line; null where no list says them.
  methods text,
  last_updated_ms integer
) strict, without rowid;

create index registration_person_list on registration_person (list_id);

create table registration_event (
  -- Hash of what it is.
  event_key text primary key not null,
  list_id text not null references registration_list (id) on delete cascade,
  at_ms integer not null,
  user_id text,
  username text,
  display_name text,
  feature text not null,
  method text,
  is_success integer,
  failure_reason text
) strict, without rowid;

create index registration_event_list on registration_event (list_id);

create table relying_party (
  party_key text primary key not null,
  list_id text not null references registration_list (id) on delete cascade,
  party_id text not null,
  name text,
  service_id text,
  -- One a line.
  reply_urls text not null,
  unique_users integer,
  successful integer,
  failed integer,
  migration_status text,
  -- JSON.
  tests text not null
) strict, without rowid;

create table registration_summary (
  summary_key text primary key not null,
  list_id text not null references registration_list (id) on delete cascade,
  -- JSON.
  content text not null
) strict, without rowid;

-- One more with each change, so that others see that there was one.
create table registration_change (number integer not null) strict;
insert into registration_change (number) values (0);
