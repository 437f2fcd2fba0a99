-- What was answered under an Idempotency-Key, so that the same request gets the same answer again.
create table idempotency_keys (
    id           bytea primary key,     -- hash of caller, method, path and key
    request      bytea       not null,  -- hash of query and body
    status       int         not null check (status between 200 and 299),
    location     text,
    etag         text,
    content_type text,
    body         bytea       not null,
    expires_at   timestamptz not null
);

create index idempotency_keys_by_expiry on idempotency_keys (expires_at);
