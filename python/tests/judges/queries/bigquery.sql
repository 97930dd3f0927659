-- relation: users (id INT64, name STRING, email STRING, phone STRING, age INT64, balance NUMERIC, score FLOAT64, active BOOL, born DATE, created_at TIMESTAMP, country STRING, referrer_id INT64, tags ARRAY<STRING>, address STRUCT<street STRING, city STRING, zip STRING>)
-- relation: orders (id INT64, user_id INT64, status STRING, amount NUMERIC, quantity INT64, ordered_on DATE, ordered_at TIMESTAMP, note STRING, items ARRAY<STRUCT<sku STRING, price NUMERIC, qty INT64>>, attrs JSON)
-- relation: countries (code STRING, title STRING, region STRING, population INT64)

-- names
select `id`, `name` from `users`
select u.`id`, u.`phone` from `users` as u
select `users`.`id` from `users`
select ID, Name, EMAIL from users
select `u`.`id` as `user id` from users u

-- star modifiers
select * except (phone) from users
select * except (phone, email) from users
select * replace (upper(name) as name) from users
select * except (tags, address) replace (lower(email) as email, age + 1 as age) from users
select u.* except (phone), c.title from users u join countries c on c.code = u.country
select u.* replace (coalesce(u.phone, 'none') as phone) from users u
select o.* except (items, attrs), u.name from orders o join users u on u.id = o.user_id
with base as (select * except (phone) from users) select name, email from base
with base as (select * replace (cast(id as string) as id) from users) select concat(id, name) as k from base
select address.* from users
select id, address.* except (zip) from users
select i.* from orders, unnest(items) as i
select o.id, i.* except (qty) from orders o, o.items as i
select * except (rn) from (select *, row_number() over (partition by email order by created_at desc) as rn from users) where rn = 1

-- structs
select address.city from users
select u.address.city, u.address.zip from users u
select users.address.street from users
select id from users where address.city = 'Berlin'
select address.city as city, count(*) as n from users group by address.city
select address.city, count(*) as n from users group by 1
select struct(id, name) as pair from users
select struct(id as user_id, name as label).label as l from users
select struct<a int64, b string>(id, name) as pair from users
select (select as struct id, name from users limit 1).name as first_name
select as struct id, name from users
select as value struct(id as a, phone as b) from users
select s.city from (select address as s from users)
select pair.name from (select struct(id as id, name as name) as pair from users)
select t.address.city from (select * from users) t
with a as (select struct(id, name, phone) as u from users) select u.phone from a
with a as (select struct(id as key, email as mail) as u from users) select a.u.mail, a.u.key from a
select array_agg(struct(id, amount))[offset(0)].amount as first_amount from orders
select array_agg(u order by created_at limit 1)[safe_offset(0)].name as first_name from users u
select array_agg(u order by u.created_at desc limit 1)[offset(0)].* from users u group by u.email
select any_value(u).phone as phone from users u
select to_json_string(u) as doc from users u
select to_json_string(struct(id, phone)) as doc from users
select u from users u
select format('%t', u) as text from users as u
select if(active, address, null).zip as zip from users
select coalesce(address.city, country) as place from users
select id from users order by address.city
select (id, name) in ((1, 'a')) as hit from users
select (select max(x) from unnest([age, id]) as x) as most from users

-- arrays and UNNEST
select id, tag from users, unnest(tags) as tag
select id, tag from users cross join unnest(tags) as tag
select id, tag from users left join unnest(tags) as tag
select id, tag from users u, u.tags as tag
select id, tag, position from users, unnest(tags) as tag with offset as position
select id, tag, offset from users, unnest(tags) as tag with offset
select id, tag from users, unnest(tags) as tag with offset as o where o = 0
select o.id, i.sku, i.price from orders o, unnest(o.items) as i
select o.id, sku, price * qty as line_total from orders o, unnest(items)
select o.id, sku from orders o cross join unnest(o.items) where price > 10
select o.id, i.sku, off from orders o left join unnest(o.items) as i with offset as off
select status, sum(i.price * i.qty) as total from orders, unnest(items) as i group by status
select id, (select sum(price * qty) from unnest(items)) as total from orders
select id, (select sum(i.price) from unnest(items) as i where i.qty > 1) as total from orders
select id, array(select sku from unnest(items)) as skus from orders
select id, array(select i.sku from unnest(items) as i order by i.price) as skus from orders
select id, array(select as struct i.sku, i.price from unnest(items) as i) as lines from orders
select id, exists(select 1 from unnest(items) where sku = 'x') as has_x from orders
select id from users where 'vip' in unnest(tags)
select id from users where exists(select 1 from unnest(tags) as t where t like 'v%')
select id, tags[offset(0)] as first_tag, tags[safe_offset(1)] as second_tag from users
select id, tags[ordinal(1)] as first_tag, tags[0] as first_too from users
select id, items[safe_offset(0)].sku as first_sku from orders
select id, array_length(tags) as n, array_to_string(tags, ',') as list from users
select id, array_concat(tags, [country]) as all_tags from users
select id, array_reverse(tags) as backwards from users
select country, array_agg(name) as names from users group by country
select country, array_agg(distinct name ignore nulls order by name limit 5) as names from users group by country
select country, array_concat_agg(tags) as tags from users group by country
select array_agg(struct(sku, qty)) as lines from orders, unnest(items)
select x from unnest(generate_array(1, 10)) as x
select d, count(o.id) as n from unnest(generate_date_array('2020-01-01', '2020-12-31')) as d left join orders o on o.ordered_on = d group by d
select x.name, x.n from unnest([struct('a' as name, 1 as n), ('b', 2)]) as x
select u.id, x from users u, unnest([u.phone, u.email]) as x
select id, split(email, '@')[safe_offset(1)] as domain from users
select id, part from users, unnest(split(name, ' ')) as part
with lines as (select o.id, i.sku, i.qty from orders o, unnest(o.items) i) select sku, sum(qty) as n from lines group by sku
with t as (select id, tags from users) select tag, count(*) as n from t, unnest(tags) as tag group by tag
select id, tag from (select id, tags as labels from users) t, unnest(t.labels) as tag
select [id, age] as pair, [name] as names from users
select array(select distinct country from users) as countries
select array(select as struct code, title from countries) as all_countries

-- QUALIFY and windows
select id, name from users qualify row_number() over (partition by email order by created_at desc) = 1
select id, row_number() over (partition by country order by age) as rn from users where true qualify rn = 1
select * from users where active qualify rank() over (order by score desc) <= 10
select * except (rn) from (select *, row_number() over (partition by phone order by id) as rn from users) where rn = 1
select country, count(*) as n from users group by country qualify rank() over (order by count(*) desc) < 5
select id, sum(amount) over w as total, avg(amount) over w as mean from orders window w as (partition by user_id)
select id, sum(amount) over (w order by ordered_at) as running from orders window w as (partition by user_id)
select id, sum(amount) over (w rows between unbounded preceding and current row) as running from orders window w as (partition by user_id order by ordered_at)
select id, lag(status, 1, 'none') over (partition by user_id order by ordered_at) as previous from orders
select id, last_value(note ignore nulls) over (partition by user_id order by ordered_at) as last_note from orders
select id, percentile_cont(amount, 0.5) over (partition by status) as median from orders
select id, count(distinct status) over (partition by user_id) as kinds from orders
select id, nth_value(status, 2) over (partition by user_id order by id) as second_status from orders
select id, cume_dist() over (partition by user_id order by amount) as share from orders
select id, sum(quantity) over (order by unix_date(ordered_on) range between 6 preceding and current row) as week from orders

-- pivots
select * from (select status, quantity from orders) pivot (sum(quantity) for status in ('paid', 'open'))
select * from (select user_id, status, amount from orders) pivot (sum(amount) as total for status in ('paid' as paid, 'open' as open_))
select user_id, paid from (select user_id, status, amount from orders) pivot (sum(amount) for status in ('paid' as paid))
select p.user_id, p.n_paid, p.sum_paid from (select user_id, status, amount from orders) pivot (count(*) as n, sum(amount) as sum for status in ('paid' as paid)) as p
select * from (select id, name, email, phone from users) unpivot (value for kind in (name, email, phone))
select id, kind, value from (select id, email, phone from users) unpivot (value for kind in (email as 'mail', phone as 'tel'))
select id, value from users unpivot include nulls (value for kind in (email, phone))

-- functions on texts
select safe_cast(phone as int64) as phone_number from users
select cast(age as string) as age, cast(id as float64) as id from users
select regexp_contains(email, r'@x') as hit, regexp_extract(phone, r'[0-9]+') as digits from users
select regexp_replace(name, r'\s+', ' ') as name from users
select starts_with(name, 'A') as a, ends_with(email, '.de') as de from users
select strpos(email, '@') as at_, instr(name, ' ') as space from users
select lpad(country, 5, '.') as padded, reverse(name) as backwards from users
select initcap(name) as name, char_length(phone) as n from users
select format('%s <%s>', name, email) as sender from users
select md5(email) as m, to_hex(sha256(email)) as hex, farm_fingerprint(phone) as f from users
select name || ' ' || email as label from users
select ifnull(phone, email) as contact, if(active, 'yes', 'no') as live from users
select split(email, '@') as parts from users
select string_agg(name, ', ' order by name) as names from users
select country, string_agg(distinct status) as statuses from orders join users on users.id = user_id group by country
select left(phone, 2) as a, right(phone, 2) as b, repeat(country, 2) as c from users
select soundex(name) as s, normalize(name) as n, ascii(country) as a from users
select safe_convert_bytes_to_string(cast(name as bytes)) as n from users
select id from users where name in unnest(['a', 'b'])
select id from users where name like any ('a%', 'b%')
select generate_uuid() as key, name from users

-- functions on times
select date_trunc(born, month) as month from users
select date_trunc(ordered_on, week(monday)) as week, sum(amount) as total from orders group by week
select timestamp_trunc(created_at, day) as day, count(*) as n from users group by day
select date(created_at) as day, count(*) as n from users group by day order by day
select date_add(born, interval 18 year) as of_age, date_sub(born, interval 1 day) as eve from users
select date_diff(current_date(), born, year) as age from users
select timestamp_diff(ordered_at, created_at, hour) as hours from orders join users on users.id = user_id
select timestamp_add(created_at, interval 1 hour) as later from users
select extract(dayofweek from ordered_on) as weekday, extract(date from ordered_at) as day from orders
select format_date('%Y-%m', born) as month, format_timestamp('%H', created_at) as hour from users
select parse_date('%Y%m%d', phone) as d from users
select unix_seconds(created_at) as s, unix_millis(created_at) as ms from users
select timestamp(born) as t, datetime(created_at) as d, time(created_at) as h from users
select last_day(born) as l from users
select extract(week from created_at) as week, extract(quarter from born) as q from users
select date_trunc(born, year) as born, count(*) as n from users group by born
select safe.parse_timestamp('%F', note) as t from orders
select current_timestamp() as now, timestamp_diff(current_timestamp(), created_at, day) as days from users
select ordered_on + 1 as next_day, ordered_on - born as diff from orders join users on users.id = orders.user_id
select date_bucket(ordered_on, interval 7 day) as bucket from orders

-- functions on numbers
select safe_divide(amount, quantity) as price from orders
select mod(id, 10) as bucket, div(age, 10) as decade, sign(balance) as s from users
select round(balance, 1) as b, trunc(score) as t, pow(score, 2) as p, exp(score) as e, ln(score) as l from users
select ieee_divide(score, 2) as half, safe_multiply(age, 2) as twice from users
select cast(amount as float64) / quantity as price from orders
select id & 1 as odd, id | 2 as flags, id << 1 as shifted from users
select to_json(balance) as j, bit_count(age) as bits from users
select countif(active) as live, count(*) - countif(active) as dead from users
select approx_count_distinct(email) as n, approx_quantiles(score, 4) as q from users
select any_value(name) as some_name, logical_and(active) as all_live, logical_or(active) as any_live from users
select corr(score, age) as c, var_samp(score) as v, stddev_pop(age) as s from users
select approx_top_count(country, 3) as top from users
select array_agg(name order by score desc limit 3) as best from users
select bit_and(id) as b, bit_or(age) as o, bit_xor(id) as x from users
select sum(distinct quantity) as q, avg(distinct amount) as a from orders
select country, any_value(name having max score) as best from users group by country
select range_bucket(age, [18, 65]) as bucket from users
select grouping(country) as g, country, count(*) as n from users group by rollup (country)

-- JSON
select json_value(attrs, '$.color') as color from orders
select json_extract_scalar(attrs, '$.color') as color, json_query(attrs, '$.size') as size from orders
select attrs.color from orders
select attrs['color'] as color, attrs.size.width as width from orders
select string(attrs.color) as color, int64(attrs.n) as n from orders
select to_json_string(attrs) as doc, json_type(attrs) as t from orders
select id, e from orders, unnest(json_extract_array(attrs, '$.list')) as e
select json_value(note, '$.a') as a, parse_json(note) as doc from orders
select json_object('id', id, 'status', status) as doc from orders
select json_value(to_json(struct(id, phone)), '$.phone') as phone from users

-- grouping
select country, count(*) as n from users group by all
select country, active, count(*) as n from users group by rollup (country, active)
select country, active, count(*) as n from users group by grouping sets ((country), (active), ())
select country, active, count(*) as n from users group by cube (country, active)
select country as land, count(*) as n from users group by land having n > 1
select upper(country) as land, count(*) as n from users group by land
select date_trunc(ordered_on, month) as month, status, sum(amount) as revenue from orders group by month, status order by month
select extract(year from ordered_on) as year, sum(amount) as total from orders group by year having total > 10
select case when age > 30 then 'old' else 'young' end as class, count(*) as n from users group by class
select struct(country, active) as k, count(*) as n from users group by k
select country, count(*) as n, count(*) / sum(count(*)) over () as share from users group by country order by share desc
select distinct country, active from users where age > 1 order by country

-- joins
select * from users join countries on code = country
select id, code, title from users join (select code, title, code as country from countries) using (country)
select * from (select id as user_id, name from users) join (select user_id, amount from orders) using (user_id)
select user_id, name, amount from (select id as user_id, name from users) left join (select user_id, amount from orders) using (user_id)
select u.name, c.* from users u left join countries c on c.code = u.country
select u.name, o.status from users u inner join orders o on o.user_id = u.id and o.amount > u.balance
select a.id, b.id as other from users a join users b on a.country = b.country and a.id < b.id
select u.name from users u where u.id in (select o.user_id from orders o where o.ordered_on > u.born)
select u.name, (select count(*) from orders o where o.user_id = u.id and o.status = 'paid') as n from users u
select u.name, array(select as struct o.id, o.amount from orders o where o.user_id = u.id) as orders from users u
select u.name, i.sku from users u join orders o on o.user_id = u.id join unnest(o.items) as i
select u.name from (users u join orders o on o.user_id = u.id) join countries c on c.code = u.country
select t.name, t.title from (select name, title from users join countries on country = code) t
select name, n from users left join (select user_id, count(*) as n from orders group by user_id) on user_id = id

-- CTEs
with recursive r as (select 1 as n union all select n + 1 from r where n < 10) select n from r
with recursive chain as (select id, referrer_id, 0 as depth from users where referrer_id is null union all select u.id, u.referrer_id, c.depth + 1 from users u join chain c on u.referrer_id = c.id) select id, depth from chain
with a as (select * from users), b as (select * except (phone) from a) select b.name, b.email from b
with a as (select id, name from users), b as (select id, amount from orders) select a.*, b.amount from a join b using (id)
with a as (select id, struct(name, phone) as who from users) select id, who.phone from a where who.name is not null
with daily as (select date(ordered_at) as day, sum(amount) as revenue from orders group by 1) select day, revenue, sum(revenue) over (order by day) as running from daily
with latest as (select array_agg(o order by ordered_at desc limit 1)[offset(0)] as o from orders o group by user_id) select o.id, o.status from latest
with deduped as (select * from users qualify row_number() over (partition by email order by created_at desc) = 1), renamed as (select id as user_id, email as user_email, date(created_at) as signup_date from deduped) select user_id, user_email, signup_date from renamed
with u as (select * from users), o as (select user_id, sum(amount) as total, max(ordered_on) as last_order from orders group by 1), final as (select u.id, u.name, u.email, coalesce(o.total, 0) as total, o.last_order from u left join o on u.id = o.user_id) select * from final
with a as (select code, title from countries), b as (select country, count(*) as n from users group by country) select title, n, n / (select sum(n) from b) as share from a join b on a.code = b.country

-- set operations
select id, name from users union all select id, status from orders
select * from (select id, name from users) union all select * from (select id, status from orders)
select * except (tags, address) from users where active union all select * except (tags, address) from users where not active
(select id from users order by id limit 1) union all (select user_id from orders)
select country from users union distinct select region from countries
select name, age from users union all by name select note as name, quantity as age from orders
select id, null as phone from orders union all select id, phone from users
select cast(id as string) as key, 'user' as kind from users union all select code, 'country' from countries

-- pipe syntax
from users |> where active |> select id, name
from users |> select id, age + 1 as next_age |> where next_age > 18
from users |> aggregate count(*) as n group by country
from users |> extend upper(name) as shout |> select id, shout
from users |> join countries on code = country |> select name, title
from users |> drop phone |> select name, email
from users |> rename phone as tel |> select id, tel
from users |> set name = upper(name) |> select name
from orders |> aggregate sum(amount) as total group by user_id |> order by total desc |> limit 10
from users |> as u |> where u.active |> select u.phone

-- others
select id from users tablesample system (10 percent)
select id from users for system_time as of timestamp_sub(current_timestamp(), interval 1 hour)
select error('x') as e, id from users
select if(exists(select 1 from orders where user_id = 1), 1, 0) as flag
select id, case when address.zip is null then 'none' when address.zip like '1%' then 'east' else address.city end as area from users
select id, name is null as no_name, active is true as live, not(active) as dead from users
select id, cast(null as string) as nothing, cast(created_at as date) as day from users
select id in unnest(generate_array(1, 3)) as low from users
select id from users where (select count(*) from unnest(tags)) > 2
select id from users where age > 18 and (phone is null or regexp_contains(phone, r'^\+49')) limit 10 offset 5
select id, concat(address.street, ', ', address.zip, ' ', address.city) as line from users
select status, count(*) as n, countif(quantity > 1) as multi, sum(if(status = 'paid', amount, 0)) as paid from orders group by status
select net.host(note) as host, net.reg_domain(note) as domain from orders
select st_geogpoint(score, score) as point from users
select id, (select as struct u.name, u.phone).phone as p from users u
select bool_and from (select logical_and(active) as bool_and from users)

-- what models do
with source as (select * from users), renamed as (select id as user_id, lower(trim(email)) as email, safe_cast(phone as int64) as phone from source) select user_id, email from renamed where phone is not null
with paid as (select * from orders where status = 'paid') select user_id, count(*) as n, sum(amount) as total, min(ordered_on) as first_on from paid group by user_id having sum(amount) > 100
with ranked as (select *, row_number() over (partition by user_id order by ordered_at desc) as rn from orders) select * except (rn, items, attrs) from ranked where rn = 1
select date_trunc(ordered_on, month) as month, country, sum(amount) as revenue from orders o join users u on u.id = o.user_id group by month, country
select u.id, count(distinct o.id) as orders, countif(o.status = 'paid') as paid from users u left join orders o on o.user_id = u.id group by u.id
select id, coalesce(phone, email, 'none') as contact, nullif(country, '') as country from users
select user_id, array_agg(struct(id, amount) order by ordered_at) as history from orders group by user_id
select u.id, o from users u, unnest(array(select as struct id, amount from orders where user_id = u.id)) as o
select o.id, i.sku, i.qty * i.price as total from orders o cross join unnest(o.items) as i where i.qty > 1
select id, (select sum(i.price * i.qty) from unnest(items) as i) as total from orders
select id, (select string_agg(t, '|' order by t) from unnest(tags) as t) as tag_list from users
select t, count(*) as n from users, unnest(tags) as t group by t order by n desc
select id, array(select upper(t) from unnest(tags) as t where t is not null) as tags from users
select id, array(select t from unnest(tags) as t with offset as p where p < 2 order by p) as first_tags from users
select json_value(attrs, '$.color') as color, count(*) as n from orders group by color
select id, cast(json_value(attrs, '$.size') as int64) as size from orders
select id, attrs.color as color, attrs['size'] as size from orders
select id, string(attrs.color) as color from orders
select id, safe.parse_date('%Y-%m-%d', note) as noted_on from orders
select id, timestamp_diff(ordered_at, timestamp(ordered_on), minute) as minutes from orders
select id, datetime(created_at, 'Europe/Berlin') as local from users
select id, extract(isoweek from ordered_on) as week, extract(year from ordered_at) as year from orders
select format_date('%Y%m', ordered_on) as month, sum(quantity) as q from orders group by 1
select id, if(age >= 18, 'adult', 'child') as kind, iff.x from users, (select 1 as x) as iff
select id, case when balance < 0 then 'debt' when balance = 0 then 'even' else 'credit' end as state from users
select id, ifnull(phone, '') as phone, concat(name, ' <', email, '>') as sender from users
select id, regexp_replace(phone, r'[^0-9]', '') as digits, regexp_extract(email, r'@(.+)$') as domain from users
select split(email, '@')[safe_offset(1)] as domain, count(*) as n from users group by domain
select id, substr(name, 1, 1) as initial, length(name) as letters, strpos(email, '@') as place from users
select id, round(balance, 1) as balance, abs(score) as score, mod(age, 10) as digit from users
select id, score / nullif(age, 0) as ratio, balance * 2 as twice from users
select percentile_cont(score, 0.5) over (partition by country) as median, id from users
select id, sum(amount) over (partition by user_id order by ordered_on, id rows unbounded preceding) as running from orders
select id, avg(amount) over (order by unix_date(ordered_on) range between 6 preceding and current row) as week from orders
select id, first_value(status ignore nulls) over w as first_status, last_value(status) over w as last_status from orders window w as (partition by user_id order by ordered_at)
select country, approx_quantiles(age, 4)[offset(2)] as median, any_value(name) as one from users group by country
select grouping(country) as g, country, active, count(*) as n from users group by rollup (country, active)
select country, active, count(*) as n from users group by grouping sets ((country), (active), ())
select * from (select country, active, id from users) pivot (count(id) for active in (true as live, false as dead))
select id, metric, value from (select id, age, referrer_id from users) unpivot (value for metric in (age, referrer_id))
select u.* except (tags, address), c.title from users u left join countries c on c.code = u.country
select u.* except (tags, address) replace (upper(name) as name), c.region from users u join countries c on c.code = u.country
select id from users where exists (select 1 from unnest(tags) as t where t = 'vip')
select id from users where country in (select code from countries where population > 1000000)
select id from users u where (select count(*) from orders o where o.user_id = u.id) > 3
select id, name from users except distinct select id, status from orders
select user_id from orders intersect distinct select id from users
select id, name from users union all select id, note from orders union all select population, title from countries
with recursive tree as (select id, referrer_id, 1 as depth from users where referrer_id is null union all select u.id, u.referrer_id, t.depth + 1 from users u join tree t on u.referrer_id = t.id) select id, depth from tree
select id, struct(address.city as city, country) as place from users
select place.city from (select struct(address.city, country) as place from users)
select generate_date_array(min(ordered_on), max(ordered_on)) as days from orders
select day, count(o.id) as n from unnest(generate_date_array('2024-01-01', '2024-01-31')) as day left join orders o on o.ordered_on = day group by day
select to_json_string(struct(id, name)) as doc, farm_fingerprint(email) as f from users
select id, md5(concat(cast(id as string), email)) as key from users
