{{ config(alias="has_an_alias", schema="other") }} select 1 as id
