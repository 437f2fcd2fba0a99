-- What somebody needs to know one of their sessions again.

alter table sessions add user_agent text, add address text, add last_used_at timestamptz;
update sessions set last_used_at = begun_at;
alter table sessions alter last_used_at set not null;

create index sessions_by_end on sessions (ended_at) where ended_at is not null;
