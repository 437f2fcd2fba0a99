-- What somebody is mailed and gives back to show that the mail has reached them. Only hashes are
-- kept.

create table proofs (
    hash       bytea primary key,
    user_id    uuid        not null references users,
    purpose    text        not null check (purpose in ('VERIFY_EMAIL', 'RESET_PASSWORD')),
    expires_at timestamptz not null,
    used_at    timestamptz
);

create index proofs_by_user on proofs (user_id, purpose);
create index proofs_by_expiry on proofs (expires_at);

-- A code mailed to somebody who wants to change their password; the right one lets its session.
create table password_codes (
    user_id       uuid primary key references users,
    hash          bytea,
    tries_left    integer     not null check (tries_left >= 0),
    expires_at    timestamptz not null,
    session_id    uuid,
    allowed_until timestamptz
);

-- Addresses that somebody has forgotten the password of, whether there is such an account or not.
create table forgotten_passwords (
    email      text primary key,
    asked_at   timestamptz not null,
    address    text,
    user_agent text
);
