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

-- What has this word, another form of it, or one that begins so. Takes any text: the query is put
-- together from parsed words.
create function has_word(text) returns tsquery
    language sql immutable strict parallel safe
    return coalesce(
        cast(nullif(cast(phraseto_tsquery('simple', folded($1)) as text), '') || ':*' as tsquery)
            || phraseto_tsquery('english', folded($1)),
        cast('' as tsquery));

create function has_any_word(text[]) returns tsquery
    language sql immutable strict parallel safe
    return (
        select coalesce(
            cast(string_agg(nullif(cast(has_word(word) as text), ''), ' | ') as tsquery),
            cast('' as tsquery))
        from unnest($1) as word);

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
