-- An email address is known to be somebody's once they have answered from it. A phone number is
-- written internationally, so that one number is always the same text, and leads to one account.

alter table users add email_verified boolean not null default false;
alter table users alter email_verified drop default;

update users set phone_number = regexp_replace(phone_number, '[ ().-]', '', 'g');
update users set phone_number = '' where phone_number !~ '^(\+[1-9][0-9]{6,14})?$';
update users
   set phone_number = ''
 where phone_number <> ''
   and exists (select from users older
                where older.phone_number = users.phone_number and older.id < users.id);

alter table users add constraint phone_numbers_are_international
    check (phone_number ~ '^(\+[1-9][0-9]{6,14})?$');
create unique index users_by_phone_number on users (phone_number) where phone_number <> '';
