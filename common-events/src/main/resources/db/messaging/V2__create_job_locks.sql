-- Who runs a job now. The columns are ShedLock's.
create table job_locks (
    name       varchar(64)  primary key,
    lock_until timestamptz  not null,
    locked_at  timestamptz  not null,
    locked_by  varchar(255) not null
);
