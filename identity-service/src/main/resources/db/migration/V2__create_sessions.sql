-- A session begins with a password and lives as long as its refresh tokens follow one another.
-- Of a token only its hash is kept.

create table sessions (
    id         uuid primary key,
    user_id    uuid        not null references users,
    begun_at   timestamptz not null,
    expires_at timestamptz not null,
    ended_at   timestamptz
);

create index sessions_by_user on sessions (user_id);
create index sessions_by_expiry on sessions (expires_at);

create table refresh_tokens (
    hash       bytea primary key,
    session_id uuid        not null references sessions on delete cascade,
    expires_at timestamptz not null,
    used_at    timestamptz
);

create index refresh_tokens_by_session on refresh_tokens (session_id);
create index refresh_tokens_by_expiry on refresh_tokens (expires_at);
