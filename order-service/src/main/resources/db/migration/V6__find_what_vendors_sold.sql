-- Ids are minted in the order of time: the end of a vendor's part is what it sold last.
create index lines_by_vendor on order_lines (vendor_id, order_id) where vendor_id is not null;
