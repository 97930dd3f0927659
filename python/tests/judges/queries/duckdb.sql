-- relation: users (id BIGINT, name VARCHAR, email VARCHAR, phone VARCHAR, age INTEGER, balance DECIMAL(12,2), score DOUBLE, active BOOLEAN, born DATE, created_at TIMESTAMP, country VARCHAR, referrer_id BIGINT, tags VARCHAR[], address STRUCT(street VARCHAR, city VARCHAR, zip VARCHAR))
-- relation: orders (id BIGINT, user_id BIGINT, status VARCHAR, amount DECIMAL(12,2), quantity INTEGER, ordered_on DATE, ordered_at TIMESTAMP, note VARCHAR, items STRUCT(sku VARCHAR, price DECIMAL(12,2), qty BIGINT)[], attrs MAP(VARCHAR, VARCHAR))
-- relation: countries (code VARCHAR, title VARCHAR, region VARCHAR, population BIGINT)

select * exclude (phone) from users
select * replace (upper(name) as name) from users
select u.* exclude (phone), c.title from users u join countries c on c.code = u.country
select columns('^c') from users
select address.city, address['zip'] as zip from users
select id, unnest(tags) as tag from users
select id, unnest(address) from users
select o.id, i.sku from orders o, unnest(o.items) as t(i)
select id, list_transform(tags, lambda t: upper(t)) as tags from users
select attrs['color'] as color, map_keys(attrs) as k from orders
select id, age * 2 as twice, twice + 1 as more from users
select id, age * 2 as twice from users where twice > 10
select date_trunc('month', ordered_at) as month, sum(amount) as total from orders group by month
select country, count(*) as n from users group by all order by all
select id from users qualify row_number() over (partition by email order by created_at desc) = 1
select u.name, o.amount from users u asof join orders o on o.user_id = u.id and u.created_at >= o.ordered_at
select * from (select id, name from users) natural join (select id, status from orders)
select u.id from users u semi join orders o on o.user_id = u.id
select u.id from users u anti join orders o on o.user_id = u.id
from users select id, name where active
pivot (select user_id, status, amount from orders) on status in ('paid', 'open') using sum(amount) group by user_id
unpivot (select id, email, phone from users) on email, phone into name kind value v
select string_agg(name, ',' order by name) as names, list(id) as ids, arg_max(name, score) as best from users
select count(*) filter (where active) as live, sum(age) filter (where active) as ages from users
select strftime(born, '%Y') as y, date_diff('day', born, current_date) as days, born + interval 1 day as d from users
select struct_pack(a := id, b := phone).b as tel from users
select {'a': id, 'b': phone} as doc from users
select u from users u
select try_cast(note as integer) as n, note::date as d from orders
select id from users where list_contains(tags, 'vip')
with recursive chain as (select id, referrer_id, 0 as depth from users where referrer_id is null union all select u.id, u.referrer_id, c.depth + 1 from users u join chain c on u.referrer_id = c.id) select id, depth from chain
select name, age from users union all by name select note as name, quantity as age from orders
select distinct on (country) country, id from users order by country, created_at
select u.name, t.total from users u, lateral (select sum(amount) as total from orders o where o.user_id = u.id) t
select tags[1] as first_tag, tags[1:2] as two, len(tags) as n from users
select id, [x for x in tags if x <> country] as others from users
select regexp_extract(phone, '[0-9]+') as digits, split_part(email, '@', 2) as domain from users
select max(struct_pack(t := created_at, n := name)).n as latest from users
select country, quantile_cont(score, 0.5) as median, mode(age) as m from users group by country
select ordered_on - born as days, date_part('year', ordered_on) as y from orders join users on users.id = user_id
