-- Who may come in. Times are milliseconds since 1970, UTC.
create table account (
  id text primary key not null,
  -- What is typed to sign in.
  username text not null,
  -- The same in small letters.
  username_key text not null unique,
  display_name text not null,
  -- Ids of roles, joined by commas.
  roles text not null,
  -- In the PHC format; none where only a provider says who somebody is.
  password_hash text,
  -- Whose sign-ins are theirs.
  object_id text,
  user_principal_name text,
  is_disabled integer not null,
  created_ms integer not null,
  changed_ms integer not null,
  signed_in_ms integer
) strict;

-- Attempts to sign in that failed, by whom they were for or where they came from.
create table failed_sign_in (
  attempt_key text primary key not null,
  number integer not null,
  last_ms integer not null
) strict;
