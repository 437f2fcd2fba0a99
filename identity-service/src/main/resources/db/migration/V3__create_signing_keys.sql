-- The keys that access tokens are signed with. The newest signs; all that have not expired are
-- published. The private halves are sealed with a secret that is not in this database.

create table signing_keys (
    id          text primary key,
    public_key  text        not null,
    private_key text        not null,
    made_at     timestamptz not null,
    expires_at  timestamptz
);
