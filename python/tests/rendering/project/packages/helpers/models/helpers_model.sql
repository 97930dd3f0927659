select {{ own_name() | length }} as id
