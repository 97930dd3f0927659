{%- macro _type_names_databricks() -%}
    {#- TIMESTAMP is an instant unless spark.sql.timestampType says otherwise. -#}
    {%- do return(
        {
            "tinyint": ["tinyint"],
            "byte": ["tinyint"],
            "smallint": ["smallint"],
            "short": ["smallint"],
            "int": ["integer"],
            "integer": ["integer"],
            "bigint": ["bigint"],
            "long": ["bigint"],
            "decimal": ["decimal", 10, 0],
            "dec": ["decimal", 10, 0],
            "numeric": ["decimal", 10, 0],
            "float": ["real"],
            "real": ["real"],
            "double": ["double"],
            "boolean": ["boolean"],
            "string": ["varchar"],
            "varchar": ["varchar"],
            "char": ["char", 1],
            "character": ["char", 1],
            "binary": ["binary"],
            "date": ["date"],
            "timestamp_ntz": ["timestamp", 6],
            "timestamp": ["timestamptz", 6],
            "timestamp_ltz": ["timestamptz", 6],
            "variant": ["variant"],
            "void": ["null"],
            "geometry": ["geometry"],
            "geography": ["geography"],
            "array": ["array"],
            "map": ["map"],
            "struct": ["struct"],
        }
    ) -%}
{%- endmacro -%}
