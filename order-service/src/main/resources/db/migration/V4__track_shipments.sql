alter table shipments
    add column carrier   text,
    add column tracking  text,
    add column vendor_id uuid; -- who shipped it; none when the shop did
