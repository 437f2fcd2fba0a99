-- A copy of how the shop sees its vendors, as identity-service last told.
create table vendors (
    id       uuid primary key,
    standing text not null check (standing in ('UNDER_REVIEW', 'APPROVED', 'SUSPENDED', 'CLOSED'))
);
