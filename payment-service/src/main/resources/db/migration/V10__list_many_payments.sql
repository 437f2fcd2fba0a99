-- Staff read all payments and the whole ledger from the newest on, however long they are.
create index payments_by_age on payments (created_at, id);

drop index ledger_entries_by_time, ledger_entries_by_vendor;
create index ledger_entries_by_time on ledger_entries (at, position);
create index ledger_entries_by_vendor on ledger_entries (vendor_id, at, position) where vendor_id is not null;

-- payments_due is a queue: what has left it is cleared away by count, not by share of all payments
-- there ever were, and each time, though it is little of the table.
alter table payments set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000,
                          vacuum_index_cleanup = on);
