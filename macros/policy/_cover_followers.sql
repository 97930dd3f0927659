{#- Whoever agrees to a change agrees to what follows from it: the acknowledgement of a cause covers its
    followers, at any distance. -#}
{%- macro _cover_followers(findings) -%}
    {%- set by_fingerprint = {} -%}
    {%- for finding in findings -%}
        {%- do by_fingerprint.update({finding.fingerprint: finding}) -%}
    {%- endfor -%}
    {%- for finding in findings if finding.caused_by and not finding.get("acknowledged") -%}
        {%- set climbed = [finding] -%}
        {#- A for loop sees what is appended to its list meanwhile. -#}
        {%- for follower in climbed if not finding.get("acknowledged") -%}
            {%- set cause = by_fingerprint.get(follower.caused_by) -%}
            {%- if cause and cause.get("acknowledged") -%}
                {%- do finding.update({"acknowledged": cause.acknowledged}) -%}
            {%- elif cause and cause not in climbed -%} {%- do climbed.append(cause) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro -%}
