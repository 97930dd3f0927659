{%- macro _parse_type(text) -%}
    {#- Reads a type in any engine's spelling into nested words; _resolve_type says what they mean. -#}
    {#- Most types are a name with at most two numbers, and this runs for every column. -#}
    {%- set plain = modules.re.findall(
        "^ *([A-Za-z][A-Za-z0-9_ ]*?) *(?:[(] *([0-9]+) *(?:, *([0-9]+) *)?[)] *)?$",
        text,
    ) -%}
    {%- if plain -%}
        {%- set args = [] -%}
        {%- for number in plain[0][1:] if number -%}
            {%- do args.append(dict(words=[number], args=[], sizes=[], name_words=0)) -%}
        {%- endfor -%}
        {%- do return(dict(words=plain[0][0].split(), args=args, sizes=[], name_words=0)) -%}
    {%- endif -%}
    {%- set quoted = '"(?:[^"]|"")*"|`[^`]*`|' ~ "'(?:[^']|'')*'" -%}
    {%- set pattern = quoted ~ "|[^][(),<>:" ~ '"`' ~ "' ]+|[^ ]" -%}
    {%- set tokens = modules.re.findall(pattern, text.split() | join(" ")) -%}
    {#-
        name_words counts the words before a colon, which are a field's name. Twenty levels are more than
        any engine nests, and few enough for recursion.
    -#}
    {%- set root = {"words": [], "args": [], "sizes": [], "name_words": 0, "start": 0} -%}
    {%- set ns = namespace(node=root, readable=true) -%}
    {%- set enclosing = [] -%}
    {%- for token in tokens -%}
        {%- if token not in '()<>[],:"`' ~ "'" -%} {%- do ns.node.words.append(token) -%}
        {%- elif token in "(<[" and enclosing | length < 20 -%}
            {%- do enclosing.append([ns.node, {"(": ")", "<": ">", "[": "]"}[token]]) -%}
            {%- set ns.node = dict(words=[], args=[], sizes=[], name_words=0, start=loop.index) -%}
        {%- elif token == ":" and enclosing and ns.node.words and not ns.node.name_words -%}
            {%- do ns.node.update(name_words=ns.node.words | length) -%}
        {%- elif not enclosing or token not in [",", enclosing[-1][1]] -%}
            {%- set ns.readable = false -%} {%- break -%}
        {%- elif enclosing[-1][1] == "]" -%}
            {%- set size = ns.node.words | join -%}
            {%- if token == "," or ns.node.args or not (size == "" or size.isdigit()) -%}
                {%- set ns.readable = false -%} {%- break -%}
            {%- endif -%}
            {%- set ns.node = enclosing.pop()[0] -%}
            {%- do ns.node.sizes.append(size) -%}
        {%- else -%}
            {%- if ns.node.words | length == ns.node.name_words -%}
                {%- set ns.readable = false -%} {%- break -%}
            {%- endif -%}
            {%- do ns.node.update(tokens=tokens[ns.node.start : loop.index0]) -%}
            {%- do enclosing[-1][0].args.append(ns.node) -%}
            {%- if token == "," -%}
                {%- set ns.node = dict(
                    words=[], args=[], sizes=[], name_words=0, start=loop.index
                ) -%}
            {%- else -%} {%- set ns.node = enclosing.pop()[0] -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(root if ns.readable and not enclosing and root.words else none) -%}
{%- endmacro -%}
