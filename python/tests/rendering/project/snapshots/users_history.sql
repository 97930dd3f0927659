{% snapshot users_history %}
{{ config(unique_key="id", strategy="check", check_cols=["name"]) }}
select {{ columns_of(ref("users")) }} from {{ ref("users") }}
{% endsnapshot %}
