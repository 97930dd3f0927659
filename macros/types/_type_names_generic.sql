{%- macro _type_names_generic() -%}
    {#- Only names that mean the same everywhere, FLOAT, INT8 and TINYINT do not. -#}
    {%- do return(
        {
            "smallint": ["smallint"],
            "integer": ["integer"],
            "int": ["integer"],
            "bigint": ["bigint"],
            "decimal": ["decimal"],
            "numeric": ["decimal"],
            "real": ["real"],
            "double precision": ["double"],
            "boolean": ["boolean"],
            "varchar": ["varchar"],
            "character varying": ["varchar"],
            "varchar(max)": ["varchar"],
            "char": ["char"],
            "character": ["char"],
            "date": ["date"],
            "time": ["time"],
            "time without time zone": ["time"],
            "time with time zone": ["timetz"],
            "timestamp without time zone": ["timestamp"],
            "timestamp with time zone": ["timestamptz"],
            "json": ["json"],
            "uuid": ["uuid"],
            "array": ["array"],
            "map": ["map"],
            "struct": ["struct"],
            "row": ["struct"],
        }
    ) -%}
{%- endmacro -%}
