-- One of a few reasons, by which adjustments can be told apart and counted; words go into the note.
alter table stock_movements add column note varchar(500);

update stock_movements set note = left(reason, 500), reason = 'OTHER' where kind = 'ADJUSTED';

alter table stock_movements
    add constraint stock_movements_are_adjusted_for_a_reason
        check ((kind = 'ADJUSTED') = (reason is not null)),
    add constraint stock_movements_reason
        check (reason in ('COUNTED', 'FOUND', 'LOST', 'DAMAGED', 'EXPIRED', 'CORRECTION', 'OTHER'));
