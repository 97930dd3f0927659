-- relation: users (id bigint, name text, email text, phone text, age integer, balance numeric(12,2), score double precision, active boolean, born date, created_at timestamp, country text, referrer_id bigint, tags text[], address jsonb)
-- relation: orders (id bigint, user_id bigint, status text, amount numeric(12,2), quantity integer, ordered_on date, ordered_at timestamp, note text, items jsonb, attrs jsonb)
-- relation: countries (code text, title text, region text, population bigint)

select address ->> 'city' as city, address -> 'zip' as zip from users
select id, unnest(tags) as tag from users
select u.id, t.tag from users u, unnest(u.tags) as t(tag)
select u.id, t.tag, t.n from users u cross join lateral unnest(u.tags) with ordinality as t(tag, n)
select o.id, i ->> 'sku' as sku from orders o, jsonb_array_elements(o.items) as i
select k, v from orders, jsonb_each_text(attrs) as t(k, v)
select date_trunc('month', ordered_at) as month, sum(amount) as total from orders group by month
select date_trunc('month', ordered_at) as month, sum(amount) as total from orders group by 1
select distinct on (country) country, id from users order by country, created_at
select u.name, t.total from users u left join lateral (select sum(amount) as total from orders o where o.user_id = u.id) t on true
select string_agg(name, ',' order by name) as names, array_agg(id) as ids, bool_and(active) as live from users
select count(*) filter (where active) as live, sum(age) filter (where active) as ages from users
select to_char(born, 'YYYY') as y, age(born) as a, current_date - born as days, born + interval '1 day' as d from users
select note::date as d, cast(note as integer) as n from orders
select id from users where 'vip' = any(tags)
select id from users where tags @> array['vip']
select id from users where tags && array['x']
with recursive chain as (select id, referrer_id, 0 as depth from users where referrer_id is null union all select u.id, u.referrer_id, c.depth + 1 from users u join chain c on u.referrer_id = c.id) select id, depth from chain
select tags[1] as first_tag, tags[1:2] as two, array_length(tags, 1) as n from users
select (regexp_match(phone, '[0-9]+'))[1] as digits, split_part(email, '@', 2) as domain from users
select percentile_cont(0.5) within group (order by score) as median, mode() within group (order by age) as m from users
select row_to_json(u) as doc from users u
select jsonb_build_object('id', id, 'phone', phone) as doc from users
select u from users u
select (u).phone from users u
select id, name from users for update
select id from users u where exists (select from orders o where o.user_id = u.id)
select * from (select id, name from users) a natural join (select id, status from orders) b
select g, count(o.id) as n from generate_series(date '2020-01-01', date '2020-12-31', interval '1 day') g left join orders o on o.ordered_on = g group by g
select name || ' ' || email as label, phone ~ '^[+]' as intl, name ilike 'a%' as a from users
select extract(epoch from created_at) as e, date_part('year', born) as y from users
select greatest(age, 18) as a, coalesce(phone, email) as c, nullif(country, '') as n from users
select country, active, count(*) as n from users group by rollup (country, active)
select id, sum(amount) over w as total from orders window w as (partition by user_id order by ordered_at)
select a.id from users a join users b using (id) where b.active
select v.id, u.name from (values (1), (2)) as v(id) join users u on u.id = v.id
select md5(email) as h, left(phone, 2) as l, position('@' in email) as p, overlay(name placing 'x' from 1) as o from users
select array(select o.id from orders o where o.user_id = u.id) as orders from users u
select id from users where (country, active) in (select code, true from countries)
select name from users where created_at::date = current_date
