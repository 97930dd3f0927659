select carrier, count(*) as late_count, avg(delivery_hours) as average_hours
from {{ ref("int_delivery_times") }}
where is_late
group by carrier
