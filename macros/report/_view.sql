{#- How a text report is shown; a caller that knows the screen says otherwise. Without `full`
    it has at most so many lines, each as wide as that unless a place to look at takes more. -#}
{%- macro _view(given) -%}
    {%- set view = {
        "width": 110,
        "lines": 60,
        "full": false,
        "findings_only": false,
        "all": "--args '{full: true}' or '{format: json}'",
    } -%}
    {%- do view.update(given or {}) -%}
    {%- do return(view) -%}
{%- endmacro -%}
