-- What people said of their own sign-ins. Times are milliseconds since 1970, UTC.
create table person_report (
  account_id text not null references account (id) on delete cascade,
  request_id text not null,
  -- Whether it was them.
  was_me integer not null,
  said_ms integer not null,
  primary key (account_id, request_id)
) strict;

create index person_report_by_time on person_report (said_ms);
