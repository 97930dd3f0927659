select id as shipment_id, order_id, carrier, shipped_at, delivered_at
from {{ source("webshop", "shipments") }}
