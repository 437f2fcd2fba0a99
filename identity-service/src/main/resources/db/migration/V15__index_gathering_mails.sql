-- Mails about stock gather news until they go. They are few, and found whatever else waits.
create index mails_that_gather on mails (id) where template = 'STOCK_ALERT' and state = 'WAITING';
