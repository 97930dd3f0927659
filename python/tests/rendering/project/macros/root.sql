{% macro columns_of(relation) %}
    {%- for column in adapter.get_columns_in_relation(relation) -%}
        {{ column.name }}{% if not loop.last %}, {% endif %}
    {%- endfor -%}
{% endmacro %}

{% macro plain(text="none") %}plain {{ text }}{% endmacro %}

{% macro typed(text: str, many: Dict[str, List[int]] = none) %}typed {{ text }} {{ many }}{% endmacro %}

{% macro returning(value) %}{{ return({"value": value}) }} never seen {% endmacro %}

{% macro early(values) %}
    {%- for value in values -%}
        {%- if value > 1 -%}{{ return(value) }}{%- endif -%}
    {%- endfor -%}
{% endmacro %}

{% macro around() %}<{{ caller() }}>{% endmacro %}

{% macro factorial(n) %}{{ return(1 if n < 2 else n * (factorial(n - 1))) }}{% endmacro %}

{% macro counted() %}{{ varargs | length }} {{ kwargs | length }}{% endmacro %}

{% macro _private() %}private{% endmacro %}

{% macro greet(name) %}{{ return(adapter.dispatch("greet")(name)) }}{% endmacro %}
{% macro default__greet(name) %}hello {{ name }}{% endmacro %}
{% macro duckdb__greet(name) %}quack {{ name }}{% endmacro %}
{% macro postgres__greet(name) %}never {{ name }}{% endmacro %}

{% macro default__overridden() %}of the root project{% endmacro %}

{% macro date_spine_of(days) %}
    {%- set start = modules.datetime.datetime(2024, 1, 1) -%}
    {%- for day in range(days) -%}
        '{{ (start + modules.datetime.timedelta(days=day)).strftime("%Y-%m-%d") }}'
        {%- if not loop.last %}, {% endif -%}
    {%- endfor -%}
{% endmacro %}

{% macro refusing(name) %}
    {% if execute %}{{ exceptions.raise_compiler_error("no " ~ name ~ " here") }}{% endif %}
{% endmacro %}

{% macro looking_up() %}
    {% if execute %}
        {% set found = run_query("select 1 as one") %}
        {{ found.columns[0].values() | join(", ") }}
    {% endif %}
{% endmacro %}

{% test is_longer_than(model, column_name, length=1) %}
select * from {{ model }} where length({{ column_name }}) <= {{ length + 1 }}
{% endtest %}
