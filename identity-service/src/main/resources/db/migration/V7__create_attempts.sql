-- How often something has been tried that could be guessed. A key names who tries what, as a hash.

create table attempts (
    key     text primary key,
    taken   integer     not null check (taken >= 0),
    ends_at timestamptz not null
);

create index attempts_by_end on attempts (ends_at);
