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
                "message": "the acknowledgement of {before}{what} on {node} matches no finding",
                "why": "Left in place it would silence the next change of this kind, which nobody agreed to.",
                "fix": "Remove the acknowledgement.",
            },
            {
                "id": "acknowledgement_expired",
                "severity": "error",
                "effect": "none",
                "counterpart": none,
                "title": "Acknowledgement expired",
                "message": "the acknowledgement of {before}{what} on {node} expired on {after}",
                "why": "It was agreed to until that date only.",
                "fix": "Undo the change, or agree again: set a later date in expires.",
            },
            {
                "id": "acknowledgement_without_reason",
                "severity": "warn",
                "effect": "none",
                "counterpart": none,
                "title": "Acknowledgement without a reason",
                "message": "the acknowledgement of {before}{what} on {node} has no reason, so it does not count",
                "why": "Nobody can tell later why the break was accepted.",
                "fix": "Write the reason into it.",
            },
            {
                "id": "unknown_rule",
                "severity": "error",
                "effect": "none",
                "counterpart": none,
                "title": "Acknowledgement not understood",
                "message": "the acknowledgement of {before}{what} on {node} {after}",
                "why": "It has no effect, although someone meant it to have one.",
                "fix": "Correct it: rule and reason are needed, column and expires may be given, nothing else.",
            },
        ]
    ) -%}
{%- endmacro -%}
