select count(*)
from {{ ref("dim_dates") }} as dates
where dates.day_of_week < 6 and date_trunc('month', dates.date_day) = month
