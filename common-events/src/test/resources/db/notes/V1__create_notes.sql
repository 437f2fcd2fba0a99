create table note (
    position bigint generated always as identity primary key,
    key      uuid not null,
    type     text not null
);
