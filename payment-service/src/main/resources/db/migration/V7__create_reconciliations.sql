-- Our books of a day against a provider's: one row for each, written anew whenever it is done again.
create table reconciliations (
    provider    text        not null,
    day         date        not null,
    ours        bigint      not null,
    theirs      bigint      not null,
    differences bigint      not null,
    ran_at      timestamptz not null,
    primary key (provider, day)
);

create table reconciliation_differences (
    provider text        not null,
    day      date        not null,
    key      text        not null,
    movement text        not null check (movement in ('CAPTURE', 'REFUND', 'PAYOUT')),
    ours     bigint,
    theirs   bigint,
    currency char(3)     not null,
    at       timestamptz not null,
    primary key (provider, day, key),
    foreign key (provider, day) references reconciliations,
    constraint there_is_a_difference check (ours is distinct from theirs)
);
