-- unfinished_orders is a queue: what has left it is cleared away by count, not by share of all orders
-- there ever were, and each time, though it is little of the table.
alter table orders set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000,
                        vacuum_index_cleanup = on);
