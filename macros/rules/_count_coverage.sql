{#- Counts a node that may have changed: compared on some evidence, or not compared for a reason. -#}
{%- macro _count_coverage(coverage, unique_id, evidence, reason=none) -%}
    {%- do coverage.update({"changed": coverage.changed + 1}) -%}
    {%- if reason -%} {%- do coverage.not_compared.append({"node": unique_id, "reason": reason}) -%}
    {%- else -%}
        {%- do coverage.update({"compared": coverage.compared + 1}) -%}
        {%- set count = coverage.by_evidence.get(evidence, 0) + 1 -%}
        {%- do coverage.by_evidence.update({evidence: count}) -%}
    {%- endif -%}
{%- endmacro -%}
