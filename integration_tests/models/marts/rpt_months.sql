select
    month_start,
    {{ function("weekdays_in") }} (month_start) as weekdays,
    {{ function("share_of") }} (count(*), 365) as share_of_year
from {{ ref("dim_dates") }}
group by month_start
