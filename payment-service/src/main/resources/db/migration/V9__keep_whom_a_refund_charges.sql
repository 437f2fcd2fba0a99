-- What a refund takes from each of those who sold. Refunds from before have none: all bear them alike.
alter table refunds add column shares jsonb;

create index refunds_open on refunds (payment_id) where status in ('ASKED', 'REFUSED');
