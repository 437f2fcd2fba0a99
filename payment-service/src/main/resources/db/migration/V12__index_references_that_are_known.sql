-- A payment that no provider has named yet is looked for by nothing.
drop index payments_by_reference;
create unique index payments_by_reference on payments (provider, reference) where reference is not null;
