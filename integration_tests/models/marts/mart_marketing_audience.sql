with
    users as (select * from {{ ref("stg_users") }}),

    customers as (select * from {{ ref("mart_customer_value") }})

select users.user_id, users.email, customers.value_quartile
from users
inner join customers on users.user_id = customers.user_id
where users.is_opted_in and users.phone is not null
