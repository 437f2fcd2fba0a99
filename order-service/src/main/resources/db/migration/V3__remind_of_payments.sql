-- When the customer, who has to do something, will be reminded of it, and how often that was done.
alter table orders
    add column remind_at timestamptz,
    add column reminders int not null default 0 check (reminders between 0 and 2),
    add constraint only_who_may_still_pay_is_reminded
        check (remind_at is null or status in ('PLACED', 'AWAITING_PAYMENT'));
