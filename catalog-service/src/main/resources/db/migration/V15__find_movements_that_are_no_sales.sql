-- Nearly all movements are sales, which are found by their order; the others are looked for by what they are.
create index stock_movements_but_sales on stock_movements (kind, id) where kind <> 'TAKEN';
