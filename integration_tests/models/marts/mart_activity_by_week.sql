select date_trunc('week', happened_at) as week_start, activity, count(*) as activity_count
from {{ ref("int_activity") }}
group by 1, 2
having count(*) > 1
order by 1, 2
