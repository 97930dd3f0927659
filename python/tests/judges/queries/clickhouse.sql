-- relation: users (id Int64, name String, email String, phone Nullable(String), age Int32, balance Decimal(12, 2), score Float64, active Bool, born Date, created_at DateTime, country String, referrer_id Int64, tags Array(String), address Tuple(street String, city String, zip String))
-- relation: orders (id Int64, user_id Int64, status String, amount Decimal(12, 2), quantity Int32, ordered_on Date, ordered_at DateTime, note String, items Array(Tuple(sku String, price Decimal(12, 2), qty Int64)), attrs Map(String, String))
-- relation: countries (code String, title String, region String, population Int64)
-- refuses: select id, name as label from users union all select id, note from orders order by label

-- names
select `id`, `name` from `users`
select "id", u."phone" from users as u
select u.id from users as u final
select id from users final where active

-- star modifiers
select * except (phone) from users
select * except phone from users
select * except (phone, email) from users
select * replace (upper(name) as name) from users
select * except (tags, address) replace (lower(email) as email) from users
select u.* except (phone), c.title from users u join countries c on c.code = u.country
select columns('^c') from users
select columns('name|email') apply (x -> upper(x)) from users
select columns(name, email) from users
select * apply (toString) from countries
select * except (rn) from (select *, row_number() over (partition by email order by created_at desc) as rn from users) where rn = 1
with base as (select * except (phone) from users) select name, email from base

-- tuples
select address.city from users
select u.address.city, u.address.zip from users u
select address.1 as street, tupleElement(address, 'city') as city, tupleElement(address, 2) as c from users
select id from users where address.city = 'Berlin'
select address.city as city, count() as n from users group by city
select tuple(id, name) as pair, (id, name) as p from users
select (id, name).2 as n from users
select untuple(address) from users
select s.city from (select address as s from users)
select id from users where (country, active) in (('DE', true), ('FR', false))
select id from users where (id, country) in (select user_id, status from orders)
select argMax((name, email), created_at) as latest from users
select argMax((name, email), created_at).1 as latest_name from users
select max((created_at, name)) as latest from users
select items.sku as skus, items.price as prices from orders
select items[1].sku as first_sku, items[1].2 as first_price from orders
select tupleElement(items[1], 'qty') as q from orders

-- ARRAY JOIN
select id, tag from users array join tags as tag
select id, tags from users array join tags
select id, tag from users left array join tags as tag
select id, tag, n from users array join tags as tag, arrayEnumerate(tags) as n
select o.id, i.sku, i.price from orders o array join o.items as i
select id, items.sku, items.price from orders array join items
select status, sum(i.price * i.qty) as total from orders array join items as i group by status
select id, arrayJoin(tags) as tag from users
select arrayJoin(tags) as tag, count() as n from users group by tag
select id, k, v from orders array join mapKeys(attrs) as k, mapValues(attrs) as v
select u.id, x from users u array join [u.email, u.name] as x
select id, tag from users array join tags as tag where tag like 'v%' order by tag
select tag from (select id, tags as labels from users) array join labels as tag

-- arrays
select tags[1] as first_tag, tags[-1] as last_tag, length(tags) as n from users
select has(tags, 'vip') as vip, indexOf(tags, 'x') as i, arrayStringConcat(tags, ',') as list from users
select arrayMap(t -> upper(t), tags) as tags from users
select arrayFilter(t -> t != country, tags) as others from users
select arrayMap(i -> i.price * i.qty, items) as totals from orders
select arraySum(i -> i.qty, items) as n from orders
select arrayExists(t -> t = 'vip', tags) as vip, arrayAll(t -> t != '', tags) as full from users
select arraySort(tags) as s, arrayReverse(tags) as r, arrayDistinct(tags) as d, arrayUniq(tags) as u from users
select arraySort(i -> i.price, items) as sorted from orders
select arrayConcat(tags, [country]) as all_tags, arrayPushBack(tags, name) as more from users
select [id, age] as pair, array(name) as names from users
select groupArray(name) as names, groupUniqArray(country) as countries from users
select country, groupArray(10)(name) as names from users group by country
select country, groupArray((id, name)) as members from users group by country
select arrayZip(tags, tags) as z, arrayEnumerate(tags) as e, arraySlice(tags, 1, 2) as two from users
select splitByChar('@', email) as parts, splitByChar('@', email)[2] as domain from users
select arrayReduce('max', tags) as m, arrayCount(t -> t = 'x', tags) as n from users
select arrayElement(tags, 1) as first_tag, empty(tags) as none, notEmpty(tags) as some from users
select range(age) as r, arrayFirst(t -> t like 'v%', tags) as f from users

-- maps
select attrs['color'] as color from orders
select mapKeys(attrs) as k, mapValues(attrs) as v, mapContains(attrs, 'x') as has_x from orders
select map('a', id, 'b', user_id) as m from orders
select o.attrs['color'] as c from orders o where o.attrs['size'] = 'L'
select attrs.keys as k from orders
select mapFilter((k, v) -> v != '', attrs) as attrs from orders

-- aliases everywhere
select id, age * 2 as twice, twice + 1 as more from users
select id, age * 2 as twice from users where twice > 10
select (age + 1 as next_age) * 2 as doubled, next_age from users
select upper(country) as land, count() as n from users where land != 'X' group by land having n > 1 order by n
select amount * quantity as revenue, revenue * 0.19 as tax, revenue + tax as total from orders
select sum(amount) as total, total / count() as mean from orders
select name as n from users order by n
select id, if(age > 18 as adult, 'yes', 'no') as label, adult from users
select toDate(created_at) as day, count() as n from users group by day order by day
select toStartOfMonth(ordered_on) as month, sum(amount) as revenue from orders group by month order by month
select u.id as user_id, o.amount as amount from users u join orders o on o.user_id = user_id

-- WITH
with 18 as limit_age select id from users where age > limit_age
with (select max(age) from users) as oldest select id from users where age = oldest
with upper(name) as shout select id, shout from users
with x -> x * 2 as twice select twice(age) as t from users
with a as (select id, name from users) select name from a
with toDate('2020-01-01') as start, a as (select * from orders where ordered_on > start) select id, status from a
with a as (select * from users), b as (select * except (phone) from a) select b.name, b.email from b
with totals as (select user_id, sum(amount) as total from orders group by user_id) select u.name, t.total from users u left join totals t on t.user_id = u.id
with recursive r as (select 1 as n union all select n + 1 from r where n < 10) select n from r

-- LIMIT BY and others
select id, country from users order by age limit 1 by country
select id, country, name from users order by created_at desc limit 2 by country, active limit 10
select id, name from users order by name limit 5 with ties
select id from users limit 5, 10
select ordered_on, sum(amount) as total from orders group by ordered_on order by ordered_on with fill
select id from users prewhere active where age > 18
select country, count() as n from users group by country with totals
select country, active, count() as n from users group by country, active with rollup
select country, active, count() as n from users group by cube(country, active)
select country, active, count() as n from users group by grouping sets ((country), (active))
select distinct on (country) country, id from users
select country, count() as n from users group by all
select id from users order by all
select id, row_number() over (partition by country order by age) as rn from users qualify rn = 1
select id, sum(amount) over w as total from orders window w as (partition by user_id order by ordered_at)
select id, lagInFrame(amount) over (partition by user_id order by ordered_at) as previous from orders
select id, any(amount) over (partition by user_id order by ordered_at rows between 1 preceding and 1 preceding) as previous from orders
select id from users settings max_threads = 1
select id from users order by name collate 'en'

-- functions
select countIf(active) as live, sumIf(amount, status = 'paid') as paid from users join orders on user_id = users.id
select uniq(email) as n, uniqExact(email) as m, uniqIf(email, active) as k from users
select quantile(0.5)(score) as p, quantiles(0.5, 0.9)(score) as q, median(age) as m from users
select any(name) as a, anyLast(name) as b, argMin(name, created_at) as c, argMaxIf(name, score, active) as d from users
select avgIf(score, active) as a, stddevPop(score) as s, varSamp(age) as v, corr(score, age) as c from users
select topK(3)(country) as top, sumMap(map(country, age)) as m from users
select maxOrNull(age) as a, sumOrDefault(balance) as b, groupBitAnd(id) as c from users
select multiIf(age < 18, 'minor', age < 65, 'adult', 'senior') as class from users
select if(active, name, email) as label, ifNull(phone, '') as p, coalesce(phone, email) as c, nullIf(country, '') as n from users
select toString(id) as a, toInt64(age) as b, toFloat64(balance) as c, toDecimal64(score, 2) as d, toUInt8(active) as e from users
select toDate(created_at) as a, toDateTime(born) as b, toYear(born) as c, toMonth(born) as d, toYYYYMM(ordered_on) as e from users join orders on user_id = users.id
select toStartOfDay(created_at) as a, toStartOfHour(created_at) as b, toMonday(born) as c, toStartOfInterval(created_at, interval 15 minute) as d from users
select dateDiff('day', born, today()) as days, addDays(born, 1) as a, subtractMonths(born, 1) as b, born + 1 as c from users
select created_at + interval 1 day as later, now() - created_at as age_s, formatDateTime(created_at, '%Y-%m') as f from users
select date_trunc('month', ordered_at) as month, sum(amount) as total from orders group by month
select parseDateTimeBestEffort(note) as t, parseDateTimeBestEffortOrNull(note) as u, toDateOrNull(note) as d from orders
select toInt64OrNull(note) as a, toInt64OrZero(note) as b, toFloat64OrNull(note) as c from orders
select lower(name) as a, lowerUTF8(name) as b, lengthUTF8(name) as c, substring(phone, 1, 2) as d, trimBoth(name) as e from users
select concat(name, ' ', email) as a, name || email as b, position(email, '@') as c, startsWith(name, 'A') as d from users
select match(email, '@x') as a, extract(phone, '[0-9]+') as b, replaceAll(name, ' ', '') as c, replaceRegexpAll(name, ' +', ' ') as d from users
select like(name, 'A%') as a, name ilike 'a%' as b, email not like '%x' as c from users
select cityHash64(id, name) as a, sipHash64(email) as b, MD5(email) as c, hex(name) as d from users
select JSONExtractString(note, 'a') as a, JSONExtractInt(note, 'b') as b, visitParamExtractString(note, 'c') as c, JSONExtract(note, 'a', 'Int64') as d from orders
select intDiv(age, 10) as a, age % 10 as b, modulo(id, 3) as c, plus(age, 1) as d, minus(id, 1) as e, negate(age) as f from users
select round(balance, 1) as a, floor(score) as b, pow(score, 2) as c, exp(score) as d, log(score) as e, sqrt(score) as f from users
select greatest(age, 18) as a, least(score, 1.5) as b, abs(balance) as c, sign(age) as d from users
select transform(country, ['DE', 'FR'], ['Germany', 'France'], 'other') as title from users
select toTypeName(name) as t, isNull(phone) as a, isNotNull(phone) as b, assumeNotNull(phone) as c from users
select cast(age, 'String') as a, age::String as b, cast(born as String) as c, cast(note as Nullable(Int64)) as d from users join orders on user_id = users.id
select rowNumberInAllBlocks() as r from users
select bitAnd(id, 1) as a, bitOr(id, 2) as b, bitShiftLeft(id, 1) as c from users
select empty(name) as a, notEmpty(email) as b, length(phone) as c, reverse(name) as d, repeat(country, 2) as e from users
select sumState(amount) as s from orders
select domain(note) as d, cutQueryString(note) as c, path(note) as p from orders
select formatReadableSize(id) as a, bar(age, 0, 100) as b, generateUUIDv4() as u from users
select count() as n, count(phone) as phones, count(distinct country) as c from users
select sum(age) filter (where active) as ages from users

-- joins
select u.name, o.amount from users u any left join orders o on o.user_id = u.id
select u.name, o.amount from users u left any join orders o on o.user_id = u.id
select u.name from users u semi join orders o on o.user_id = u.id
select u.name from users u left semi join orders o on o.user_id = u.id
select u.name from users u left anti join orders o on o.user_id = u.id
select u.name, o.amount from users u asof join orders o on o.user_id = u.id and o.ordered_at >= u.created_at
select u.name, o.amount from users u asof left join orders o on o.user_id = u.id and u.created_at <= o.ordered_at
select * from users join countries on code = country
select id, title from users join (select code as country, title from countries) as c using (country)
select id, title from users join (select code as country, title from countries) as c using country
select * from (select id as user_id, name from users) as a join (select user_id, amount from orders) as b using (user_id)
select name, n from users left join (select user_id, count() as n from orders group by user_id) as t on user_id = id
select users.name, countries.title from users global any left join countries on countries.code = users.country
select u.name, c.title from users u cross join countries c where c.code = u.country
select a.id, b.id as other from users a join users b on a.country = b.country where a.id < b.id
select u.name from users u where u.id in (select user_id from orders where status = 'paid')
select u.name from users u where u.id global in (select user_id from orders)
select id from users where id not in (select referrer_id from users)
select id from users where country in ['DE', 'FR']
select id, (select max(amount) from orders) as biggest from users

-- set operations
select id, name from users union all select id, status from orders
select country from users union distinct select region from countries
select country from users except select code from countries
select id from users intersect select user_id from orders
select * except (tags, address) from users where active union all select * except (tags, address) from users where not active
select id, null as phone from orders union all select id, phone from users

-- others
select number as n from numbers(10)
select n.number, count(u.id) as c from numbers(100) as n left join users u on u.age = n.number group by n.number
select toDate('2020-01-01') + number as day from numbers(31)
select * from values('id Int64, name String', (1, 'a'), (2, 'b'))
select v.id, u.name from values('id Int64', 1, 2) as v join users u on u.id = v.id
select id, case when address.zip = '' then 'none' when address.zip like '1%' then 'east' else address.city end as area from users
select status, count() as n, countIf(quantity > 1) as multi, sumIf(amount, status = 'paid') as paid from orders group by status
with deduped as (select * from (select *, row_number() over (partition by email order by created_at desc) as rn from users) where rn = 1), renamed as (select id as user_id, email as user_email, toDate(created_at) as signup_date from deduped) select user_id, user_email, signup_date from renamed
with u as (select * from users), o as (select user_id, sum(amount) as total, max(ordered_on) as last_order from orders group by user_id), final as (select u.id, u.name, u.email, coalesce(o.total, 0) as total, o.last_order from u left join o on u.id = o.user_id) select * from final
with daily as (select toDate(ordered_at) as day, sum(amount) as revenue from orders group by day) select day, revenue, sum(revenue) over (order by day) as running from daily

-- what models do
with paid as (select * from orders where status = 'paid') select user_id, count() as n, sum(amount) as total from paid group by user_id having total > 100
select toStartOfMonth(ordered_on) as month, country, sum(amount) as revenue from orders o join users u on u.id = o.user_id group by month, country
select user_id, argMax(status, ordered_at) as latest, countIf(status = 'paid') as paid from orders group by user_id
select id, lower(trim(email)) as email, ifNull(phone, '') as phone from users where age between 18 and 65
select id, arrayStringConcat(arraySort(tags), '|') as tag_list, length(tags) as n from users
select o.id, i.1 as sku, i.3 as qty from orders o array join items as i where qty > 1
select splitByChar('@', email)[2] as domain, count() as n from users group by domain order by n desc limit 10
select id, sum(amount) over (partition by user_id order by ordered_on rows unbounded preceding) as running from orders
select u.* except (tags, address), c.title from users u left join countries c on c.code = u.country
select id, dateDiff('day', ordered_on, toDate(ordered_at)) as days, toYear(ordered_at) as year from orders
select id, attrs['color'] as color, mapKeys(attrs) as names from orders where mapContains(attrs, 'size')
select id, multiIf(balance < 0, 'debt', balance = 0, 'even', 'credit') as state from users
select country, quantile(0.5)(score) as median, any(name) as one from users group by country
select id from users where country in (select code from countries where population > 1000000)
select id, replaceRegexpAll(email, '[^a-z]', '') as letters, position(email, '@') as at from users
select id, round(balance, 1) as balance, abs(score) as score, age % 10 as digit from users
select country, active, count() as n from users group by country, active with rollup
select id, name from users union all select id, note from orders
select uniqExact(user_id) as users, max(amount) as most, groupArray(status) as statuses from orders
select id, if(age >= 18, 'adult', 'child') as kind, concat(name, ' <', email, '>') as sender from users
