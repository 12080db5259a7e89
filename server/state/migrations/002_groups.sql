-- Imported groups and their members. Times are milliseconds since 1970, UTC.
create table member_group (
  id text primary key not null,
  name text not null,
  -- The name in small letters.
  name_key text not null,
  -- File that it came from.
  origin text not null,
  imported_ms integer not null,
  -- Members that are neither people nor groups.
  others integer not null,
  -- Whether the file may have left members out.
  is_cut integer not null
) strict;

create index member_group_name on member_group (name_key);

create table member_person (
  group_id text not null references member_group (id) on delete cascade,
  -- Object ID, or else username, in small letters.
  person_key text not null,
  user_id text,
  username text,
  display_name text,
  primary key (group_id, person_key)
) strict, without rowid;

-- A group within a group, which may not have been imported itself.
create table member_nested (
  group_id text not null references member_group (id) on delete cascade,
  nested_id text not null,
  primary key (group_id, nested_id)
) strict, without rowid;

-- One more with each change, so that others see that there was one.
create table member_change (number integer not null) strict;
insert into member_change (number) values (0);
