-- Which weeks' sales have been reported, so that each is reported once.
create table sales_reports (
    week        date        primary key,
    report_id   uuid        not null unique,
    reported_at timestamptz not null
);
