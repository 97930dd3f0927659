-- Queries that every engine understands, one a line.

-- projections
select id, name, email from users
select u.id, u.name from users u
select users.id, users.phone from users
select distinct country from users
select id as user_id, name as label, phone as contact from users
select id, age + 1 as next_age, age * 2 as twice, -age as negative from users
select id, balance / 100 as share, balance - 5 as rest from users
select id, score * 1.5 as weighted, round(score) as rounded from users
select upper(name) as shout, lower(email) as email, length(phone) as digits from users
select concat(name, ' ', email) as label from users
select coalesce(phone, email, 'none') as contact from users
select nullif(country, '') as country, coalesce(age, 0) as age from users
select case when age >= 18 then 'adult' else 'minor' end as class from users
select case country when 'DE' then 'Germany' when 'FR' then 'France' else country end as title from users
select case when active then balance else 0 end as live_balance from users
select id, abs(balance) as size, sqrt(score) as root, floor(score) as low, ceil(score) as high from users
select cast(id as decimal) as id_number from users
select id, not active as passive from users
select id, age > 18 as adult, name = email as same from users
select substring(phone, 1, 3) as prefix, replace(phone, '-', '') as digits from users
select trim(name) as name, id from users
select id, greatest(age, 18) as age, least(score, 100.0) as score from users
select current_date as today, id from users
select extract(year from born) as year, extract(month from created_at) as month from users
select * from users
select u.* from users u
select *, age + 1 as next_age from users
select u.*, c.title from users u join countries c on c.code = u.country
select 1 as one, 'x' as letter, id from users

-- filters
select id from users where active
select id from users where not active and age > 30
select id, name from users where name like 'A%' and phone is not null
select id from users where age between 18 and 65
select id from users where country in ('DE', 'FR')
select id from users where country not in ('DE', 'FR') or email is null
select id from users where upper(country) = 'DE' and length(name) > 2
select id from users where balance > 100 and score < 0.5
select id from users where born >= cast('2000-01-01' as date)
select id from users where created_at > cast('2020-01-01 00:00:00' as timestamp)
select id from users where (age > 18 and country = 'DE') or (age > 21 and country = 'US')
select id from users where coalesce(phone, '') <> ''
select id from users where case when active then age else 0 end > 10
select id from users where referrer_id = id

-- grouping
select country, count(*) as n from users group by country
select country, count(*) as n from users group by 1
select country, active, count(*) as n, avg(age) as age from users group by country, active
select country as c, sum(balance) as total from users group by country
select country, count(distinct email) as emails from users group by country
select country, min(born) as eldest, max(created_at) as latest from users group by country
select country, sum(balance) as total from users group by country having sum(balance) > 100
select country, count(*) as n from users where active group by country having count(*) > 1 and min(age) > 10
select upper(country) as land, count(*) as n from users group by upper(country)
select extract(year from created_at) as year, count(*) as n from users group by extract(year from created_at)
select count(*) as n from users
select count(phone) as phones, count(distinct country) as countries from users
select sum(case when active then 1 else 0 end) as live, sum(amount) as total from orders join users on users.id = orders.user_id
select avg(score) as mean, stddev(score) as spread from users
select max(name) as last_name, min(email) as first_mail from users
select status, sum(amount * quantity) as revenue from orders group by status
select user_id, status, count(*) as n from orders group by user_id, status order by n desc
select country, case when age > 30 then 'old' else 'young' end as class, count(*) as n from users group by country, case when age > 30 then 'old' else 'young' end
select user_id, sum(amount) / count(*) as mean from orders group by user_id
select user_id, max(ordered_on) as last_day from orders where status = 'paid' group by user_id

-- order and limit
select id, name from users order by name
select id, name from users order by created_at desc, id
select id, name as label from users order by label
select id, age * 2 as twice from users order by twice desc limit 10
select id, name from users order by 2, 1
select country, count(*) as n from users group by country order by count(*) desc limit 3
select id from users order by upper(name) limit 5
select id from users order by case when active then 0 else 1 end, age

-- joins
select u.name, o.amount from users u join orders o on o.user_id = u.id
select u.name, o.amount from users u left join orders o on o.user_id = u.id and o.status = 'paid'
select u.name, o.amount from orders o right join users u on o.user_id = u.id
select u.name, o.amount from users u full join orders o on o.user_id = u.id
select u.name, c.title from users u cross join countries c
select u.name, c.title from users u, countries c where c.code = u.country
select name, title, amount from users join countries on code = country join orders on user_id = users.id
select u.id, o.id as order_id, c.region from users u join orders o on o.user_id = u.id left join countries c on c.code = u.country where c.region is not null
select a.name, b.name as referrer from users a join users b on b.id = a.referrer_id
select a.name, b.name as referrer from users a left join users b on a.referrer_id = b.id where b.active
select u.country, sum(o.amount) as total from users u join orders o on u.id = o.user_id group by u.country
select c.region, count(distinct u.id) as users, sum(o.amount) as total from orders o join users u on u.id = o.user_id join countries c on c.code = u.country group by c.region
select u.name, o.ordered_on from users u join orders o on u.id = o.user_id and o.ordered_on > u.born
select id, total from (select user_id, sum(amount) as total from orders group by user_id) t join users on users.id = t.user_id
select u.id, t.n from users u left join (select user_id, count(*) as n from orders where status = 'paid' group by user_id) t on t.user_id = u.id
select u.name from users u left join orders o on o.user_id = u.id where o.id is null
select id, name, region from (select id, name, country as code from users) s join countries using (code)
select u.name, c.title as country_title, coalesce(o.amount, 0) as amount from users u inner join countries c on u.country = c.code left outer join orders o on o.user_id = u.id

-- subqueries
select id, name from users where id in (select user_id from orders)
select id, name from users where id in (select user_id from orders where amount > 100)
select id from users where id not in (select user_id from orders where user_id is not null)
select id from users u where exists (select 1 from orders o where o.user_id = u.id)
select id from users u where not exists (select 1 from orders o where o.user_id = u.id and o.status = 'open')
select id, (select max(amount) from orders) as biggest from users
select id, (select max(o.amount) from orders o where o.user_id = u.id) as biggest from users u
select id from users where balance > (select avg(balance) from users)
select name from (select name, phone from users where active) t where phone is not null
select t.label from (select name as label, age from users) t where t.age > 18
select max(n) as most from (select country, count(*) as n from users group by country) t
select s.country, s.n from (select country, count(*) as n from users group by country) s where s.n > 10
select x.id from (select * from users) x where x.phone is not null
select label from (select u.*, upper(name) as label from users u) t where t.active
select id from users where country in (select code from countries where region = 'EU') and age > 18

-- CTEs
with u as (select id, name from users) select name from u
with users_eu as (select * from users where country = 'DE') select id, email from users_eu
with base as (select * from users), live as (select * from base where active) select id, phone from live
with totals as (select user_id, sum(amount) as total from orders group by user_id) select u.name, t.total from users u join totals t on t.user_id = u.id
with o as (select * from orders), u as (select * from users) select u.name, o.amount from o join u on u.id = o.user_id
with a as (select id, name as label from users), b as (select id, upper(label) as label from a) select b.label from b
with ranked as (select id, country, row_number() over (partition by country order by age) as position from users) select id, country from ranked where position = 1
with users as (select id, name from users) select users.name from users
with a as (select country, count(*) as n from users group by country), b as (select code, title from countries) select b.title, a.n from a join b on b.code = a.country
with source as (select * from orders), renamed as (select id as order_id, user_id as customer_id, status as order_status, amount as order_amount from source) select * from renamed
with source as (select * from users), final as (select id as user_id, name, email, case when active then 'yes' else 'no' end as is_active from source) select * from final where is_active = 'yes'
with a as (select id, amount from orders where status = 'paid'), b as (select id, amount from orders where status = 'open') select a.id, b.amount from a left join b on a.id = b.id
with o as (select user_id, min(ordered_on) as first_day, max(ordered_on) as last_day, count(id) as n from orders group by user_id) select users.id, users.name, o.first_day, o.last_day, coalesce(o.n, 0) as n from users left join o on users.id = o.user_id

-- set operations
select id, name from users union all select id, status from orders
select country from users union distinct select code from countries
select id from users intersect distinct select user_id from orders
select country from users except distinct select code from countries
select id, name as label from users union all select id, note from orders order by label
with a as (select id, name from users union all select id, status from orders) select name from a
select t.label from (select name as label from users union all select title from countries) t
select name, age from users where active union all select name, age from users where not active

-- windows
select id, row_number() over (order by created_at) as n from users
select id, row_number() over (partition by country order by created_at desc) as n from users
select id, rank() over (partition by country order by score) as r, dense_rank() over (order by age) as d from users
select id, sum(amount) over (partition by user_id) as total from orders
select id, sum(amount) over (partition by user_id order by ordered_at) as running from orders
select id, sum(amount) over (order by ordered_at rows between 6 preceding and current row) as week from orders
select id, lag(amount) over (partition by user_id order by ordered_at) as previous, lead(status) over (order by id) as next_status from orders
select id, first_value(status) over (partition by user_id order by ordered_at) as first_status from orders
select id, avg(amount) over (partition by status) as mean, count(*) over () as n from orders
select id, ntile(4) over (order by amount) as quartile, percent_rank() over (order by amount) as rank from orders
select country, sum(count(*)) over () as all_users, count(*) as n from users group by country
select country, rank() over (order by sum(balance) desc) as r from users group by country
select id from (select id, row_number() over (partition by email order by created_at desc) as rn from users) t where rn = 1
select id, amount - lag(amount) over (partition by user_id order by ordered_on) as difference from orders
select id, max(ordered_at) over (partition by user_id) as latest, case when row_number() over (partition by user_id order by id) = 1 then 'new' else 'returning' end as kind from orders
