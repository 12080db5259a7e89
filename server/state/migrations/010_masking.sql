-- Secrets of the portal itself, which all its servers share: each is made once, by whoever needs it first.
create table secret (
  name text primary key not null,
  value text not null
) strict, without rowid;

-- Whom and which addresses an account sees although they are masked for it, by marks that name nobody, and until when.
-- Times are milliseconds since 1970, UTC.
create table unmasked (
  account_id text not null references account (id) on delete cascade,
  mark text not null,
  until_ms integer not null,
  primary key (account_id, mark)
) strict, without rowid;
