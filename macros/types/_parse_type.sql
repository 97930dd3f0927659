{%- macro _parse_type(text) -%}
    {#- Reads a type in any engine's spelling into nested words; _resolve_type says what they mean. -#}
    {%- set quoted = '"(?:[^"]|"")*"|`[^`]*`|' ~ "'(?:[^']|'')*'" -%}
    {%- set punctuation = '][(),<>:"`' ~ "'" -%}
    {%- set pattern = quoted ~ "|[^" ~ punctuation ~ " ]+|[^ ]" -%}
    {%- set tokens = modules.re.findall(pattern, text.split() | join(" ")) -%}
    {%- set closers = {"(": ")", "<": ">", "[": "]"} -%}
    {%- set root = {"words": [], "args": [], "sizes": [], "name_words": 0, "start": 0} -%}
    {%- set ns = namespace(node=root, readable=true) -%}
    {%- set enclosing = [] -%}
    {%- for token in tokens -%}
        {%- if token in closers -%}
            {%- do enclosing.append([ns.node, closers[token]]) -%}
            {%- set ns.node = dbt_breaking_changes._type_node(loop.index) -%}
        {%- elif token in [",", ")", ">", "]"] -%}
            {%- if not dbt_breaking_changes._type_node_ends(ns.node, token, enclosing) -%}
                {%- set ns.readable = false -%} {%- break -%}
            {%- endif -%}
            {%- set parent = enclosing[-1][0] -%}
            {%- if token == "]" -%} {%- do parent.sizes.append(ns.node.words | join) -%}
            {%- else -%}
                {%- do ns.node.update({"tokens": tokens[ns.node.start : loop.index0]}) -%}
                {%- do parent.args.append(ns.node) -%}
            {%- endif -%}
            {%- if token == "," -%}
                {%- set ns.node = dbt_breaking_changes._type_node(loop.index) -%}
            {%- else -%} {%- set ns.node = parent -%} {%- do enclosing.pop() -%}
            {%- endif -%}
        {%- elif token == ":" and enclosing and ns.node.words and not ns.node.name_words -%}
            {%- do ns.node.update({"name_words": ns.node.words | length}) -%}
        {%- elif token in [":", '"', "'", "`"] -%} {%- set ns.readable = false -%} {%- break -%}
        {%- else -%} {%- do ns.node.words.append(token) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(root if ns.readable and not enclosing and root.words else none) -%}
{%- endmacro -%}


{%- macro _type_node(start) -%}
    {#- name_words counts the words before a colon, which are a field's name. -#}
    {%- do return({"words": [], "args": [], "sizes": [], "name_words": 0, "start": start}) -%}
{%- endmacro -%}


{%- macro _type_node_ends(node, token, enclosing) -%}
    {#- Only the bracket that was opened last can close, and only an array size may be empty. -#}
    {%- if not enclosing -%} {%- do return(false) -%} {%- endif -%}
    {%- set closer = enclosing[-1][1] -%}
    {%- if closer == "]" -%}
        {%- set size = node.words | join -%}
        {%- do return(token == "]" and not node.args and (size == "" or size.isdigit())) -%}
    {%- endif -%}
    {%- do return(token in [",", closer] and node.words | length > node.name_words) -%}
{%- endmacro -%}
