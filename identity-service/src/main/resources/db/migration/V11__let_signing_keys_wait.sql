-- A key is published before it signs, so that everybody knows it when its first token turns up.

alter table signing_keys add signs_from timestamptz;
update signing_keys set signs_from = made_at;
alter table signing_keys alter signs_from set not null;
