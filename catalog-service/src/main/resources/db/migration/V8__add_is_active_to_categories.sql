-- A category that is not active is not shown to customers; what is in it stays on sale.
alter table categories add column active boolean not null default true;
alter table categories alter column active drop default;
