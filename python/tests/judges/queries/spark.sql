-- relation: users (id BIGINT, name STRING, email STRING, phone STRING, age INT, balance DECIMAL(12,2), score DOUBLE, active BOOLEAN, born DATE, created_at TIMESTAMP, country STRING, referrer_id BIGINT, tags ARRAY<STRING>, address STRUCT<street: STRING, city: STRING, zip: STRING>)
-- relation: orders (id BIGINT, user_id BIGINT, status STRING, amount DECIMAL(12,2), quantity INT, ordered_on DATE, ordered_at TIMESTAMP, note STRING, items ARRAY<STRUCT<sku: STRING, price: DECIMAL(12,2), qty: BIGINT>>, attrs MAP<STRING, STRING>)
-- relation: countries (code STRING, title STRING, region STRING, population BIGINT)

-- names
select `id`, `name` from `users`
select u.`id`, u.`phone` from `users` as u
select ID, Name, EMAIL from users
select `u`.`id` as `user id` from users u

-- star modifiers
select * except (phone) from users
select * except (phone, email) from users
select u.* except (phone), c.title from users u join countries c on c.code = u.country
with base as (select * except (phone) from users) select name, email from base
select * except (address.city) from users
select * except (rn) from (select *, row_number() over (partition by email order by created_at desc) as rn from users) where rn = 1
select count(*) as n, count(distinct *) as d from countries
select struct(*) as row from countries
select address.* from users
select id, address.* from users
select coalesce(*) as c from (select phone, email from users)

-- structs
select address.city from users
select u.address.city, u.address.zip from users u
select users.address.street from users
select id from users where address.city = 'Berlin'
select address.city as city, count(*) as n from users group by address.city
select struct(id, name) as pair from users
select named_struct('user_id', id, 'label', name) as pair from users
select named_struct('user_id', id, 'label', name).label as l from users
select struct(id, name).name as n from users
select struct(id as a, phone as b).b as tel from users
select s.city from (select address as s from users)
select pair.name from (select struct(id, name) as pair from users)
with a as (select struct(id, name, phone) as u from users) select u.phone from a
with a as (select named_struct('key', id, 'mail', email) as u from users) select a.u.mail, a.u.key from a
select address['city'] as city from users
select coalesce(address.city, country) as place from users
select id from users order by address.city
select max(struct(created_at, name)) as latest from users
select max(struct(created_at, name)).name as latest_name from users
select to_json(address) as doc from users
select to_json(struct(id, phone)) as doc from users
select items[0].sku as first_sku, items.sku as skus from orders
select items.price as prices from orders
select (id, name) as pair from users
select inline(items) from orders
select id, inline(items) from orders

-- arrays
select id, explode(tags) as tag from users
select id, explode_outer(tags) as tag from users
select id, posexplode(tags) from users
select id, posexplode(tags) as (position, tag) from users
select id, tag from users lateral view explode(tags) t as tag
select id, t.tag from users lateral view outer explode(tags) t as tag
select id, pos, tag from users lateral view posexplode(tags) t as pos, tag
select u.id, tag from users u lateral view explode(u.tags) t as tag where tag like 'v%'
select o.id, i.sku, i.price from orders o lateral view explode(o.items) t as i
select o.id, sku, price * qty as line_total from orders o lateral view inline(items) t as sku, price, qty
select status, sum(i.price * i.qty) as total from orders lateral view explode(items) t as i group by status
select id, k, v from orders lateral view explode(attrs) t as k, v
select id, explode(attrs) from orders
select id, explode(attrs) as (k, v) from orders
select id, col from users, lateral explode(tags)
select u.id, t.tag from users u, lateral explode(u.tags) as t(tag)
select u.id, t.tag from users u join lateral explode(u.tags) as t(tag)
select * from (select explode(tags) as tag from users) where tag = 'x'
select tags[0] as first_tag, element_at(tags, 1) as first_too from users
select size(tags) as n, array_contains(tags, 'vip') as vip, array_join(tags, ',') as list from users
select sort_array(tags) as sorted, array_distinct(tags) as uniq, array_max(tags) as most from users
select array_union(tags, array(country)) as all_tags, slice(tags, 1, 2) as two from users
select array(id, age) as pair, array(name) as names from users
select flatten(array(tags, tags)) as twice, array_repeat(name, 2) as names from users
select arrays_zip(tags, tags) as zipped from users
select collect_list(name) as names, collect_set(country) as countries from users
select country, collect_list(struct(id, name)) as members from users group by country
select country, sort_array(collect_list(name)) as names from users group by country
select country, array_agg(name) as names from users group by country
select explode(sequence(1, 10)) as n
select explode(sequence(to_date('2020-01-01'), to_date('2020-12-31'), interval 1 month)) as month
select id, split(email, '@')[1] as domain from users
select id, part from users lateral view explode(split(name, ' ')) p as part
select id, k, v from users lateral view stack(2, 'mail', email, 'tel', phone) s as k, v
with lines as (select o.id, i.sku, i.qty from orders o lateral view explode(o.items) t as i) select sku, sum(qty) as n from lines group by sku
with t as (select id, explode(tags) as tag from users) select tag, count(*) as n from t group by tag

-- higher-order functions
select transform(tags, t -> upper(t)) as tags from users
select transform(items, i -> i.price * i.qty) as totals from orders
select transform(items, (i, n) -> struct(n as n, i.sku as sku)) as numbered from orders
select filter(items, i -> i.qty > 1) as multi from orders
select filter(tags, t -> t <> country) as others from users
select exists(tags, t -> t = 'vip') as vip from users
select forall(items, i -> i.price > 0) as fine from orders
select aggregate(items, cast(0 as decimal(38,4)), (acc, i) -> cast(acc + i.price as decimal(38,4))) as total from orders
select aggregate(tags, '', (acc, t) -> concat(acc, t), acc -> upper(acc)) as all_tags from users
select zip_with(tags, tags, (a, b) -> concat(a, b)) as zipped from users
select map_filter(attrs, (k, v) -> v is not null) as attrs from orders
select transform_keys(attrs, (k, v) -> upper(k)) as a, transform_values(attrs, (k, v) -> length(v)) as b from orders
select array_sort(items, (a, b) -> case when a.price < b.price then -1 else 1 end) as sorted from orders
select id from users where exists(tags, t -> t like 'v%')
select transform(filter(items, i -> i.qty > 1), i -> i.sku) as skus from orders

-- maps
select attrs['color'] as color from orders
select attrs.color as color from orders
select o.attrs['color'] as c from orders o where o.attrs['size'] = 'L'
select map_keys(attrs) as k, map_values(attrs) as v, element_at(attrs, 'color') as c from orders
select map('a', id, 'b', user_id) as m from orders
select map_from_arrays(array('a'), array(status)) as m from orders
select map_concat(attrs, map('status', status)) as m from orders
select size(attrs) as n, map_contains_key(attrs, 'x') as has_x from orders
select str_to_map(note) as m from orders
select map_from_entries(transform(items, i -> struct(i.sku, i.price))) as prices from orders

-- windows
select id, row_number() over (partition by country order by age) as rn from users qualify rn = 1
select id, name from users qualify row_number() over (partition by email order by created_at desc) = 1
select id, sum(amount) over w as total, avg(amount) over w as mean from orders window w as (partition by user_id)
select id, sum(amount) over (partition by user_id order by ordered_at rows between unbounded preceding and current row) as running from orders
select id, lag(status, 1, 'none') over (partition by user_id order by ordered_at) as previous from orders
select id, last_value(note, true) over (partition by user_id order by ordered_at) as last_note from orders
select id, collect_list(status) over (partition by user_id order by ordered_at) as history from orders
select id, sum(quantity) over (partition by user_id order by ordered_at range between interval 7 days preceding and current row) as week from orders
select * from (select *, rank() over (partition by user_id order by amount desc) as r from orders) where r <= 3
select id, count(*) over (partition by date_trunc('month', ordered_at)) as in_month from orders

-- pivots
select * from (select status, quantity from orders) pivot (sum(quantity) for status in ('paid', 'open'))
select * from (select user_id, status, amount from orders) pivot (sum(amount) as total for status in ('paid' as paid, 'open' as open_))
select user_id, paid from (select user_id, status, amount from orders) pivot (sum(amount) for status in ('paid' as paid))
select * from (select user_id, status, amount from orders) pivot (sum(amount) as total, count(*) as n for status in ('paid' as paid, 'open' as opened))
select * from (select id, name, email, phone from users) unpivot (value for kind in (name, email, phone))
select id, kind, value from (select id, email, phone from users) unpivot (value for kind in (email as mail, phone as tel))
select id, value from users unpivot include nulls (value for kind in (email, phone))
select * from (select id, country, age from users) pivot (max(age) for country in ('DE', 'FR'))

-- texts
select regexp_extract(phone, '[0-9]+', 0) as digits, regexp_replace(name, ' +', ' ') as name from users
select rlike(email, '@x') as a, email rlike '@x' as b, name like 'a%' as c, name ilike 'A%' as d from users
select concat_ws(',', name, email, phone) as line, format_string('%s %d', name, age) as text from users
select initcap(name) as a, lpad(country, 5, '.') as b, reverse(name) as c, substr(phone, 1, 2) as d from users
select md5(email) as a, sha2(email, 256) as b, hash(id, name) as c, xxhash64(email) as d, crc32(phone) as e from users
select name || ' ' || email as label from users
select nvl(phone, email) as contact, if(active, 'yes', 'no') as live, ifnull(phone, '') as p, nvl2(phone, 1, 0) as has from users
select split(email, '@') as parts, instr(email, '@') as a, locate('@', email) as b from users
select startswith(name, 'A') as a, endswith(email, '.de') as b, contains(name, 'x') as c from users
select translate(phone, '-', '') as a, left(phone, 2) as b, right(phone, 2) as c, repeat(country, 2) as d from users
select base64(cast(name as binary)) as a, hex(name) as b, ascii(country) as c, soundex(name) as d from users
select levenshtein(name, email) as d, char_length(phone) as n, octet_length(name) as o from users
select get_json_object(note, '$.a') as a, from_json(note, 'a int, b string') as doc from orders
select from_json(note, 'a int, b string').b as b from orders
select json_tuple(note, 'a', 'b') from orders
select o.id, j.a, j.b from orders o lateral view json_tuple(o.note, 'a', 'b') j as a, b
select from_csv(note, 'a int, b string') as c, parse_url(note, 'HOST') as host from orders
select id from users where name like any ('a%', 'b%')
select uuid() as key, name from users
select listagg(name, ',') within group (order by name) as names from users
select string_agg(name, ',') as names from users

-- times
select date_trunc('month', created_at) as month from users
select date_trunc('month', ordered_at) as month, sum(amount) as total from orders group by date_trunc('month', ordered_at)
select date_trunc('month', ordered_at) as month, sum(amount) as total from orders group by month
select trunc(born, 'MM') as month, last_day(born) as l, add_months(born, 1) as next_month from users
select to_date(created_at) as day, count(*) as n from users group by to_date(created_at) order by day
select date_add(born, 1) as a, date_sub(born, 1) as b, datediff(current_date(), born) as days from users
select months_between(current_date(), born) as m, year(born) as y, month(born) as mo, dayofweek(born) as d from users
select date_format(created_at, 'yyyy-MM') as month, hour(created_at) as h, weekofyear(born) as w from users
select unix_timestamp(created_at) as s, from_unixtime(id) as t, to_timestamp(note) as ts from users join orders using (id)
select created_at + interval 1 day as later, born + interval 1 month as next_month from users
select ordered_on - born as diff from orders join users on users.id = orders.user_id
select timestampdiff(hour, created_at, ordered_at) as hours, timestampadd(day, 1, created_at) as later from users join orders on user_id = users.id
select make_date(2020, age, 1) as d, next_day(born, 'MON') as n from users
select window(ordered_at, '1 day') as w, count(*) as n from orders group by window(ordered_at, '1 day')
select window.start as start, sum(amount) as total from orders group by window(ordered_at, '1 hour')
select extract(year from born) as y, date_part('month', born) as m, quarter(born) as q from users
select cast(created_at as date) as day, created_at::date as day2, age::string as age from users
select from_utc_timestamp(created_at, 'UTC') as a, to_utc_timestamp(created_at, 'UTC') as b from users
select year(ordered_on) as year, sum(amount) as total from orders group by year having total > 10
select current_timestamp() as now, current_date() as today, id from users

-- numbers
select try_divide(amount, quantity) as a, amount / quantity as b, amount div quantity as c from orders
select pmod(id, 10) as a, id % 10 as b, mod(id, 3) as c, sign(balance) as d from users
select round(balance, 1) as a, bround(score) as b, pow(score, 2) as c, exp(score) as d, ln(score) as e from users
select id & 1 as a, id | 2 as b, id ^ 3 as c, ~id as d, shiftleft(id, 1) as e from users
select cast(amount as double) / quantity as price, try_cast(note as int) as n from orders
select count_if(active) as live, count(*) filter (where active) as live_too, sum(age) filter (where active) as ages from users
select approx_count_distinct(email) as n, percentile(score, 0.5) as p, percentile_approx(score, 0.5) as q, median(age) as m from users
select any_value(name) as a, first(name) as b, last(name, true) as c, bool_and(active) as d, every(active) as e from users
select corr(score, age) as c, var_samp(score) as v, stddev_pop(age) as s, skewness(score) as k from users
select max_by(name, score) as best, min_by(name, score) as worst, mode(country) as m from users
select country, percentile_cont(0.5) within group (order by score) as p from users group by country
select width_bucket(score, 0, 100, 10) as w, conv(phone, 10, 16) as h, format_number(balance, 2) as f from users
select isnan(score) as a, nanvl(score, 0) as b, isnull(phone) as c, isnotnull(phone) as d, e() as e, pi() as p, rand() as r from users
select sum(distinct quantity) as q, avg(distinct amount) as a from orders
select histogram_numeric(score, 5) as h, regr_slope(score, age) as s from users

-- grouping
select country, count(*) as n from users group by all
select country, active, count(*) as n from users group by country, active with rollup
select country, active, count(*) as n from users group by rollup (country, active)
select country, active, count(*) as n from users group by grouping sets ((country), (active), ())
select country, active, count(*) as n, grouping_id() as g from users group by cube (country, active)
select country as land, count(*) as n from users group by land having n > 1
select upper(country) as land, count(*) as n from users group by land
select case when age > 30 then 'old' else 'young' end as class, count(*) as n from users group by class
select distinct country, active from users where age > 1 order by country
select country, grouping(country) as g, count(*) as n from users group by country with cube
select id, age * 2 as twice, twice + 1 as more from users
select amount * quantity as revenue, revenue * 0.19 as tax from orders where amount > 1
select country, first(name) as name from users group by country having count(*) > 1 and max(age) > 18

-- joins
select * from users join countries on code = country
select id, title from users join (select code as country, title from countries) using (country)
select * from (select id as user_id, name from users) join (select user_id, amount from orders) using (user_id)
select user_id, name, amount from (select id as user_id, name from users) a left join (select user_id, amount from orders) b using (user_id)
select u.id, u.name from users u left semi join orders o on o.user_id = u.id
select u.id, u.name from users u left anti join orders o on o.user_id = u.id and o.status = 'paid'
select u.id from users u semi join orders o on o.user_id = u.id
select u.id from users u anti join orders o on o.user_id = u.id
select * from users u left semi join orders o on o.user_id = u.id
select u.name, o.status from users u inner join orders o on o.user_id = u.id and o.amount > u.balance
select a.id, b.id as other from users a join users b on a.country <=> b.country and a.id < b.id
select * from (select id, name from users) natural join (select id, status from orders)
select u.name, t.n from users u, lateral (select count(*) as n from orders o where o.user_id = u.id) t
select u.name, t.total from users u left join lateral (select sum(amount) as total from orders o where o.user_id = u.id) t
select u.name, (select count(*) from orders o where o.user_id = u.id and o.status = 'paid') as n from users u
select /*+ broadcast(c) */ u.name, c.title from users u join countries c on c.code = u.country
select name, n from users left join (select user_id, count(*) as n from orders group by user_id) on user_id = id
select t.name, t.title from (select name, title from users join countries on country = code) t

-- CTEs
with a as (select * from users), b as (select * except (phone) from a) select b.name, b.email from b
with a as (select id, name from users), b as (select id, amount from orders) select a.*, b.amount from a join b using (id)
with a(user_id, label) as (select id, name from users) select label from a
with a as (select id, struct(name, phone) as who from users) select id, who.phone from a where who.name is not null
with daily as (select to_date(ordered_at) as day, sum(amount) as revenue from orders group by 1) select day, revenue, sum(revenue) over (order by day) as running from daily
with deduped as (select * from (select *, row_number() over (partition by email order by created_at desc) as rn from users) where rn = 1), renamed as (select id as user_id, email as user_email, to_date(created_at) as signup_date from deduped) select user_id, user_email, signup_date from renamed
with u as (select * from users), o as (select user_id, sum(amount) as total, max(ordered_on) as last_order from orders group by 1), final as (select u.id, u.name, u.email, coalesce(o.total, 0) as total, o.last_order from u left join o on u.id = o.user_id) select * from final
with a as (select code, title from countries), b as (select country, count(*) as n from users group by country) select title, n, n / (select sum(n) from b) as share from a join b on a.code = b.country
with recursive r as (select 1 as n union all select n + 1 from r where n < 10) select n from r

-- set operations
select * from (select id, name from users) union all select * from (select id, status from orders)
select * except (tags, address) from users where active union all select * except (tags, address) from users where not active
(select id from users order by id limit 1) union all (select user_id from orders)
select country from users union select region from countries
select country from users minus select code from countries
select country from users except all select code from countries
select id, null as phone from orders union all select id, phone from users
select cast(id as string) as key, 'user' as kind from users union all select code, 'country' from countries
from users select id, name
from users select count(*) as n where active
from users |> where active |> select id, name
from users |> aggregate count(*) as n group by country
from users |> extend upper(name) as shout |> select id, shout
from users |> drop phone |> select name, email
from orders |> join users on users.id = user_id |> select name, amount

-- others
select id from users tablesample (10 percent)
select id from users distribute by country sort by age
select id from users cluster by country
select id from users limit all offset 5
select * from values (1, 'a'), (2, 'b') as t(id, name)
select v.id, u.name from values (1), (2) as v(id) join users u on u.id = v.id
select id, case when address.zip is null then 'none' when address.zip like '1%' then 'east' else address.city end as area from users
select id, name is null as no_name, active is true as live, not(active) as dead from users
select id, concat(address.street, ', ', address.zip, ' ', address.city) as line from users
select status, count(*) as n, count_if(quantity > 1) as multi, sum(if(status = 'paid', amount, 0)) as paid from orders group by status
select monotonically_increasing_id() as key, spark_partition_id() as p, id from users
select decode(country, 'DE', 'Germany', 'FR', 'France', 'other') as title from users
select id from users where (country, active) in (select code, true from countries)
select max(id) as most from users having max(id) > 1
select typeof(name) as t, cast(id as string) as id, bigint(age) as age from users
select id from users where age is distinct from 18
select assert_true(age > 0) as a, id from users

-- what models do
with source as (select * from users), renamed as (select id as user_id, lower(trim(email)) as email, try_cast(phone as bigint) as phone from source) select user_id, email from renamed where phone is not null
with paid as (select * from orders where status = 'paid') select user_id, count(*) as n, sum(amount) as total, min(ordered_on) as first_on from paid group by user_id having sum(amount) > 100
with ranked as (select *, row_number() over (partition by user_id order by ordered_at desc) as rn from orders) select * except (rn, items, attrs) from ranked where rn = 1
select date_trunc('month', ordered_on) as month, country, sum(amount) as revenue from orders o join users u on u.id = o.user_id group by 1, 2
select u.id, count(distinct o.id) as orders, count_if(o.status = 'paid') as paid from users u left join orders o on o.user_id = u.id group by u.id
select id, coalesce(phone, email, 'none') as contact, nullif(country, '') as country from users where age between 18 and 65
select user_id, collect_list(struct(id, amount)) as history from orders group by user_id
select user_id, sort_array(collect_set(status)) as statuses from orders group by user_id
select o.id, i.sku, i.qty * i.price as total from orders o lateral view explode(o.items) t as i where i.qty > 1
select o.id, p, i.sku from orders o lateral view outer posexplode(o.items) t as p, i
select id, aggregate(items, cast(0 as bigint), (acc, i) -> acc + i.qty) as pieces from orders
select id, transform(tags, t -> upper(t)) as tags, filter(tags, t -> t like 'v%') as vips from users
select t, count(*) as n from users lateral view explode(tags) x as t group by t order by n desc
select id, array_join(array_sort(tags), '|') as tag_list, size(tags) as n from users
select attrs['color'] as color, count(*) as n from orders group by attrs['color']
select id, cast(attrs['size'] as int) as size, map_keys(attrs) as names from orders
select id, to_date(note, 'yyyy-MM-dd') as noted_on from orders
select id, datediff(ordered_on, to_date(ordered_at)) as days, months_between(ordered_on, current_date()) as months from orders
select id, from_utc_timestamp(created_at, 'Europe/Berlin') as local from users
select id, weekofyear(ordered_on) as week, year(ordered_at) as year, dayofweek(ordered_on) as weekday from orders
select date_format(ordered_on, 'yyyyMM') as month, sum(quantity) as q from orders group by 1
select id, if(age >= 18, 'adult', 'child') as kind from users
select id, case when balance < 0 then 'debt' when balance = 0 then 'even' else 'credit' end as state from users
select id, ifnull(phone, '') as phone, concat(name, ' <', email, '>') as sender from users
select id, regexp_replace(phone, '[^0-9]', '') as digits, regexp_extract(email, '@(.+)$', 1) as domain from users
select split(email, '@')[1] as domain, count(*) as n from users group by split(email, '@')[1]
select id, substr(name, 1, 1) as initial, length(name) as letters, instr(email, '@') as at from users
select id, round(balance, 1) as balance, abs(score) as score, age % 10 as digit from users
select id, score / nullif(age, 0) as ratio, balance * 2 as twice from users
select country, percentile_approx(score, 0.5) as median, max_by(name, score) as best from users group by country
select id, sum(amount) over (partition by user_id order by ordered_on rows unbounded preceding) as running from orders
select id, avg(amount) over (order by ordered_at range between interval 6 days preceding and current row) as week from orders
select id, first_value(status, true) over (partition by user_id order by ordered_at) as first_status, lag(status, 1, 'none') over (partition by user_id order by ordered_at) as previous from orders
select country, active, count(*) as n, grouping(country) as g from users group by rollup (country, active)
select country, active, count(*) as n from users group by grouping sets ((country), (active), ())
select country, active, count(*) as n from users group by cube (country, active)
select * from (select country, active, id from users) pivot (count(id) for active in (true as live, false as dead))
select id, metric, value from (select id, age, referrer_id from users) unpivot (value for metric in (age, referrer_id))
select u.* except (tags, address), c.title from users u left join countries c on c.code = u.country
select id from users where array_contains(tags, 'vip') or exists(tags, t -> t = 'gold')
select id from users where country in (select code from countries where population > 1000000)
select id, name from users except select id, status from orders
select user_id from orders intersect select id from users
select id, name from users union all select id, note from orders union all select population, title from countries
select id, named_struct('city', address.city, 'country', country) as place from users
select place.city from (select struct(address.city as city, country) as place from users)
select explode(sequence(min(ordered_on), max(ordered_on), interval 1 day)) as day from orders
select to_json(struct(id, name)) as doc, sha2(email, 256) as h from users
select id, md5(concat_ws('|', cast(id as string), email)) as key from users
select * from users qualify row_number() over (partition by email order by created_at desc) = 1
select id, stack(2, 'mail', email, 'tel', phone) as (kind, value) from users
select u.name, o.amount from users u left join orders o on o.user_id = u.id and o.ordered_on >= u.born where o.amount is not null
select c.region, avg(u.age) as age, stddev(u.score) as spread from users u join countries c on c.code = u.country group by c.region
select id, greatest(age, 18) as age, least(score, 1.0) as score, sign(balance) as direction from users
select /*+ broadcast(c) */ u.id, c.title from users u join countries c on c.code = u.country
