-- The trace of what a payment last heard, so that the provider is asked in it, also by who finds it later.
alter table payments add column traceparent text;
