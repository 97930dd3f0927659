select
    day::date as date_day,
    date_trunc('month', day)::date as month_start,
    extract(isodow from day)::integer as day_of_week
from
    generate_series(
        date '{{ var("shop_first_day") }}', date '{{ var("shop_last_day") }}', interval 1 day
    ) as days(day)
