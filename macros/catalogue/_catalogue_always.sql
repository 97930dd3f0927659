{#- The rules of level always: id, severity and wording live only here. -#}
{%- macro _catalogue_always() -%}
    {%- do return(
        [
            {
                "id": "acknowledgement_unused",
                "severity": "warn",
                "effect": "none",
                "counterpart": none,
                "title": "Acknowledgement unused",
                "message": "an acknowledgement of {before} on {node} matches no finding",
                "why": "It would silence the next change of this kind that nobody agreed to.",
                "fix": "Remove the acknowledgement.",
            },
            {
                "id": "acknowledgement_expired",
                "severity": "error",
                "effect": "none",
                "counterpart": none,
                "title": "Acknowledgement expired",
                "message": "the acknowledgement of {before} on {node} expired on {after}",
                "why": "It was agreed to until that date only.",
                "fix": "Undo the change, or agree again with a new date.",
            },
            {
                "id": "acknowledgement_without_reason",
                "severity": "warn",
                "effect": "none",
                "counterpart": none,
                "title": "Acknowledgement without a reason",
                "message": "an acknowledgement of {before} on {node} has no reason, so it does not count",
                "why": "Nobody can tell later why the break was accepted.",
                "fix": "Add a reason.",
            },
            {
                "id": "unknown_rule",
                "severity": "error",
                "effect": "none",
                "counterpart": none,
                "title": "Unknown rule",
                "message": "{node} acknowledges {before}, which {after}",
                "why": "The acknowledgement has no effect.",
                "fix": "Use a rule of the catalogue.",
            },
        ]
    ) -%}
{%- endmacro -%}
