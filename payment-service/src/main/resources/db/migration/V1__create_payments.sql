-- What a customer pays for one order, and what its provider is to be asked next.
create table payments (
    id           uuid primary key,
    order_id     uuid        not null constraint one_payment_for_an_order unique,
    customer_id  uuid        not null,
    amount       bigint      not null check (amount >= 0),
    currency     char(3)     not null,
    shares       jsonb       not null,
    method       text        not null check (method in ('CARD', 'CASH_ON_DELIVERY')),
    provider     text        not null,
    status       text        not null check (status in
        ('AUTHORIZING', 'PENDING', 'AUTHORIZED', 'CAPTURING', 'CAPTURED', 'VOIDING', 'VOIDED',
         'REFUNDING', 'REFUNDED', 'DECLINED', 'CAPTURE_REFUSED')),
    unwanted     boolean     not null,
    token        text,
    reference    text,
    action       text check (action in ('INITIATE', 'APPROVE')),
    action_url   text,
    reason       text,
    attempt      int         not null,
    tries        int         not null,
    due_at       timestamptz,
    leased_until timestamptz,
    answered_at  timestamptz,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    constraint only_what_waits_has_an_action check ((action is not null) = (status = 'PENDING')),
    constraint no_token_once_it_was_used check (token is null or status = 'AUTHORIZING'),
    constraint an_operation_is_never_forgotten check
        (due_at is not null or status not in ('AUTHORIZING', 'CAPTURING', 'VOIDING', 'REFUNDING'))
);

create unique index payments_by_reference on payments (provider, reference);
create index payments_by_customer on payments (customer_id, created_at desc);
create index payments_due on payments (due_at) where due_at is not null;

-- Money on its way back. Its amount is reserved from the moment it is asked for.
create table refunds (
    id         uuid primary key,
    payment_id uuid        not null references payments,
    amount     bigint      not null check (amount >= 0),
    reason     text        not null,
    asked_at   timestamptz not null,
    done_at    timestamptz
);

create index refunds_by_payment on refunds (payment_id);
