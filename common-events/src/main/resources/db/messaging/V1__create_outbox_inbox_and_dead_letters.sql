-- Events on their way to Kafka. A row is here only until Kafka has it, so the table stays small;
-- it turns over fast, and what is dead is cleared away by count, not by share.
create table outbox (
    position bigint generated always as identity primary key,
    event_id uuid        not null,
    topic    text        not null,
    key      uuid        not null,
    type     text        not null,
    body     text        not null,
    added_at timestamptz not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
        autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000);

-- What each listener has taken in.
create table inbox (
    listener text        not null,
    event_id uuid        not null,
    heard_at timestamptz not null,
    primary key (listener, event_id)
);

create index inbox_by_age on inbox using brin (heard_at);

-- What a listener could not take in, and what came after it under the same key.
create table dead_letters (
    id              uuid primary key,
    position        bigint generated always as identity,
    listener        text        not null,
    key             text,
    event_id        uuid,
    type            text,
    topic           text        not null,
    kafka_partition int         not null,
    kafka_offset    bigint      not null,
    headers         jsonb       not null,
    body            bytea,
    reason          text        not null,
    attempts        int         not null,
    parked_at       timestamptz not null,
    tried_at        timestamptz not null,
    constraint parked_once unique (listener, topic, kafka_partition, kafka_offset)
);

create index dead_letters_by_key on dead_letters (listener, key, position);
