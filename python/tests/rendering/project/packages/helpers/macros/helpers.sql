{% macro own_name() %}helpers {{ model.name }} {{ project_name }}{% endmacro %}

{% macro of_package() %}{{ var("from_package") }}{% endmacro %}

{% macro overridden() %}{{ return(adapter.dispatch("overridden", "helpers")()) }}{% endmacro %}
{% macro default__overridden() %}of the package{% endmacro %}

{% macro not_overridden() %}{{ return(adapter.dispatch("not_overridden", "helpers")()) }}{% endmacro %}
{% macro default__not_overridden() %}of the package{% endmacro %}

{% macro _is_relation(value) %}
    {{ return(value is mapping and value.get("metadata", {}).get("type", "").endswith("Relation")) }}
{% endmacro %}

{% macro plain(text="none") %}plain of helpers {{ text }}{% endmacro %}

{% test is_filled(model, column_name) %}
select * from {{ model }} where {{ helpers._filled(column_name) }}
{% endtest %}

{% macro _filled(column_name) %}{{ column_name }} is null{% endmacro %}
