-- Which trace an event belongs to, as W3C's Trace Context writes it; nothing where nobody takes traces.
alter table outbox add column traceparent text;
