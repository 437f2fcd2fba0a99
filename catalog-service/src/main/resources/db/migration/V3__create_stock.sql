-- How much there is of each product. Available is what is on hand and not reserved.
-- Room is left on each page for the new version of a row, for these rows change with every sale.
create table stock (
    product_id    uuid primary key references products,
    on_hand       int  not null,
    reserved      int  not null default 0,
    low_threshold int  not null,
    level         text not null generated always as (case
        when on_hand - reserved <= 0 then 'OUT'
        when on_hand - reserved <= low_threshold then 'LOW'
        else 'IN' end) stored,
    constraint stock_is_never_sold_twice check (0 <= reserved and reserved <= on_hand),
    constraint stock_threshold_is_no_debt check (low_threshold >= 0)
) with (fillfactor = 50);

create index stock_to_order on stock (product_id) where level <> 'IN';

-- Why on_hand is what it is: the sum of a product's movements. Nothing here is ever changed.
-- No foreign key: its check would lock the product's row with every sale, and no product is ever deleted.
create table stock_movements (
    id         uuid        primary key,
    product_id uuid        not null,
    kind       text        not null,
    quantity   int         not null,
    order_id   uuid,
    reason     text,
    made_by    uuid,
    made_at    timestamptz not null,
    constraint stock_movements_go_one_way check (case kind
        when 'INITIAL'   then quantity > 0
        when 'RESTOCKED' then quantity > 0
        when 'RETURNED'  then quantity > 0
        when 'TAKEN'     then quantity < 0
        when 'ADJUSTED'  then quantity <> 0
        else false end),
    constraint stock_movements_of_orders check ((kind in ('TAKEN', 'RETURNED')) = (order_id is not null))
);

create index stock_movements_by_product on stock_movements (product_id, id);
create index stock_movements_by_order on stock_movements (order_id) where order_id is not null;
