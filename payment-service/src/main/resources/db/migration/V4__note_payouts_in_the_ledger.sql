-- A payout pays for what a vendor has sold in many orders, and belongs to none of them.
alter table ledger_entries
    alter column payment_id drop not null,
    alter column order_id drop not null,
    drop constraint ledger_entries_movement_check,
    add constraint ledger_entries_movement_check check (movement in ('CAPTURE', 'REFUND', 'PAYOUT')),
    add constraint only_a_payout_has_no_payment check ((movement = 'PAYOUT') = (payment_id is null)),
    add constraint only_a_payout_has_no_order check ((movement = 'PAYOUT') = (order_id is null));

create index ledger_entries_by_time on ledger_entries (at);
