-- Text as it is compared: without case and accents, its punctuation parting words.
create function folded(text) returns text
    language sql immutable strict parallel safe
    return translate(
        lower(unaccent('unaccent'::regdictionary, $1)),
        '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32));

-- Its words, both as they are written and without their English endings.
create function words(text) returns tsvector
    language sql immutable strict parallel safe
    return to_tsvector('simple', folded($1)) || to_tsvector('english', folded($1));

-- What has this word or another form of it. Takes any text: queries are put together from parsed
-- words.
create function has_word(text) returns tsquery
    language sql immutable strict parallel safe
    return phraseto_tsquery('simple', folded($1)) || phraseto_tsquery('english', folded($1));

-- The same, and what has a word that begins so.
create function has_beginning(text) returns tsquery
    language sql immutable strict parallel safe
    return coalesce(
        cast(nullif(cast(phraseto_tsquery('simple', folded($1)) as text), '') || ':*' as tsquery)
            || phraseto_tsquery('english', folded($1)),
        cast('' as tsquery));

-- The first of these words, or one of the others.
create function has_any_word(text[]) returns tsquery
    language sql immutable strict parallel safe
    return (
        select coalesce(
            cast(string_agg(nullif(cast(
                case nr when 1 then has_beginning(word) else has_word(word) end
                as text), ''), ' | ') as tsquery),
            cast('' as tsquery))
        from unnest($1) with ordinality as words (word, nr));

drop index products_search;
alter table products drop column search;
alter table products
    add column search tsvector not null generated always as (
        setweight(words(name), 'A')
        || setweight(words(sku), 'B')
        || setweight(words(coalesce(description, '')), 'C')) stored,
    add column folded_name text not null generated always as (folded(name)) stored;

create index products_search on products using gin (search);
create index products_by_likeness on products using gin (folded_name gin_trgm_ops);
