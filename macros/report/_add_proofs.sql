{#- Says of each consumer that breaks what the engine itself says of its SQL. No verdict changes by it. -#}
{%- macro _add_proofs(report, proofs) -%}
    {%- set counts = {"confirmed": 0, "contradicted": 0, "undecided": 0} -%}
    {%- set seen = {} -%}
    {%- for change in report.changes -%}
        {%- for entry in change.impact if entry.verdict == "breaks" -%}
            {%- set proof = proofs.nodes.get(entry.node) -%}
            {%- if proof -%}
                {%- set text = dbt_breaking_changes._proof_text(proof, proofs.engine) -%}
                {%- do entry.update(
                    {
                        "proof": {
                            "engine": proofs.engine,
                            "outcome": proof.outcome,
                            "answer": proof.answer,
                        },
                        "detail": text ~ ": " ~ entry.detail if entry.detail else text,
                    }
                ) -%}
            {%- endif -%}
            {%- if entry.node not in seen -%}
                {%- do seen.update({entry.node: true}) -%}
                {%- if proof -%}
                    {%- do counts.update({proof.outcome: counts[proof.outcome] + 1}) -%}
                {%- endif -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set asked = counts.confirmed + counts.contradicted + counts.undecided -%}
    {%- do report.coverage.update(
        {
            "proof": {
                "engine": proofs.engine,
                "confirmed": counts.confirmed,
                "contradicted": counts.contradicted,
                "undecided": counts.undecided,
                "not_asked": seen | length - asked,
            }
        }
    ) -%}
    {%- do return(report) -%}
{%- endmacro -%}

{%- macro _proof_text(proof, engine) -%}
    {%- if proof.outcome == "confirmed" -%} {%- do return("proven by " ~ engine) -%} {%- endif -%}
    {%- if proof.outcome == "contradicted" -%}
        {%- do return("contradicted by " ~ engine ~ ", which binds it") -%}
    {%- endif -%}
    {%- do return("not proven by " ~ engine ~ " (" ~ proof.answer ~ ")") -%}
{%- endmacro -%}
