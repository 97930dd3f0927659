select id as supplier_id, name as supplier_name, country as country_code
from {{ source("webshop", "suppliers") }}
