-- What staff gave back of their own accord is no refund of lines that were cancelled.
alter table orders
    add column goodwill bigint not null default 0,
    add constraint goodwill_is_part_of_what_was_refunded check (goodwill between 0 and refunded);
