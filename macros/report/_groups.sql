{#- The findings by their cause, the most harmful first: {cause, followers, consumers, counts}. Each
    consumer is in one place of a group, with the verdict that weighs most. -#}
{%- macro _groups(report) -%}
    {%- set by_fingerprint = {} -%}
    {%- for change in report.changes -%}
        {%- do by_fingerprint.update({change.fingerprint: change}) -%}
    {%- endfor -%}
    {%- set members = {} -%}
    {%- for change in report.changes -%}
        {%- set root = dbt_breaking_changes._root_of(change, by_fingerprint) -%}
        {%- set group = members.setdefault(root.fingerprint, {"cause": root, "followers": []}) -%}
        {%- if change.fingerprint != root.fingerprint -%}
            {%- do group.followers.append(change) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set groups = {} -%}
    {%- set worst = dbt_breaking_changes._worst_of_packages(members.values()) -%}
    {%- for group in members.values() -%}
        {%- do group.update(dbt_breaking_changes._consumers_of(group)) -%}
        {%- set weight = dbt_breaking_changes._weight(group, worst) -%}
        {%- do groups.update({"%s|%06d" | format(weight, loop.index): group}) -%}
    {%- endfor -%}
    {%- set sorted = [] -%}
    {%- for key in groups | sort -%} {%- do sorted.append(groups[key]) -%} {%- endfor -%}
    {%- do return(sorted) -%}
{%- endmacro -%}

{#- The finding at the start of a chain; one whose cause is not in the report stands for itself. -#}
{%- macro _root_of(change, by_fingerprint) -%}
    {%- set chain = [change] -%}
    {%- set seen = {change.fingerprint: true} -%}
    {%- for link in chain -%}
        {%- set cause = by_fingerprint.get(link.caused_by) -%}
        {%- if cause and cause.fingerprint not in seen -%}
            {%- do seen.update({cause.fingerprint: true}) -%} {%- do chain.append(cause) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(chain[-1]) -%}
{%- endmacro -%}

{%- macro _consumers_of(group) -%}
    {%- set order = dbt_breaking_changes._verdicts() -%}
    {%- set found = {} -%}
    {%- for change in [group.cause] + group.followers -%}
        {%- for entry in change.impact -%}
            {%- set known = found.get(entry.node) -%}
            {%- if not known or order.index(entry.verdict) < order.index(known.verdict) -%}
                {%- do found.update({entry.node: entry}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set consumers = [] -%}
    {%- set counts = {} -%}
    {%- for verdict in order -%}
        {%- set entries = found.values() | selectattr("verdict", "equalto", verdict) | list -%}
        {%- if entries -%} {%- do counts.update({verdict: entries | length}) -%} {%- endif -%}
        {%- do consumers.extend(entries) -%}
    {%- endfor -%}
    {%- do return({"consumers": consumers, "counts": counts}) -%}
{%- endmacro -%}

{#- A text that sorts groups: open ones first, those of one package together, the package with the worst
    finding first and the project itself before its packages, then by severity, then by how many break,
    are undecided and change. -#}
{%- macro _weight(group, worst) -%}
    {%- set package = dbt_breaking_changes._package_of(group.cause) -%}
    {%- set fewer = [] -%}
    {%- for verdict in dbt_breaking_changes._verdicts()[:3] -%}
        {%- do fewer.append("%06d" | format(999999 - group.counts.get(verdict, 0))) -%}
    {%- endfor -%}
    {%- set place = [
        1 if group.cause.acknowledged else 0,
        worst[package],
        1 if package else 0,
        package or "",
        dbt_breaking_changes._severity_rank(group),
    ] -%}
    {%- do return((place + fewer) | join("|")) -%}
{%- endmacro -%}

{#- The package of each group's cause, none for the project itself, to the rank of its worst finding. -#}
{%- macro _worst_of_packages(groups) -%}
    {%- set worst = {} -%}
    {%- for group in groups -%}
        {%- set package = dbt_breaking_changes._package_of(group.cause) -%}
        {%- set rank = dbt_breaking_changes._severity_rank(group) -%}
        {%- do worst.update({package: [worst.get(package, rank), rank] | min}) -%}
    {%- endfor -%}
    {%- do return(worst) -%}
{%- endmacro -%}

{#- The worst open severity in a group as a number, the less the worse. -#}
{%- macro _severity_rank(group) -%}
    {%- set severities = [] -%}
    {%- for change in [group.cause] + group.followers if not change.acknowledged -%}
        {%- do severities.append(["error", "warn", "info"].index(change.severity)) -%}
    {%- endfor -%}
    {%- do return(severities | min if severities else 3) -%}
{%- endmacro -%}
