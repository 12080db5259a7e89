-- Accounts of people who sign in at a provider, by what the provider calls them: the pair never changes, names do.
create table provider_account (
  account_id text primary key not null references account (id) on delete cascade,
  issuer text not null,
  subject text not null,
  unique (issuer, subject)
) strict;

-- People who are at the provider to sign in. Each line is taken out when they come back. Times are milliseconds since
-- 1970, UTC.
create table authorization_request (
  -- Hash of what goes to the provider and comes back.
  state_hash text primary key not null,
  -- Hash of what the browser that went keeps in a cookie.
  browser_hash text not null,
  nonce text not null,
  pkce_verifier text not null,
  -- The page here that they wanted to see.
  wanted text not null,
  ends_ms integer not null
) strict;
