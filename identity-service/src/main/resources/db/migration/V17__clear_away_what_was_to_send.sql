-- mails_to_send is a queue: what has left it is cleared away by count, not by share of all mails that
-- are kept, and each time, though it is little of the table.
alter table mails set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000,
                       vacuum_index_cleanup = on);
