-- Who writes a draft says which state of it was read, so that no change is lost.

alter table drafts add column version bigint not null default 0;
