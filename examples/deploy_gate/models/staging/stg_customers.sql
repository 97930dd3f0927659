select
    id as customer_id,
    name as customer_name,
    email,
    phone
from {{ ref("raw_customers") }}
