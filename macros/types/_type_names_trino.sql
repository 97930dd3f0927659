{%- macro _type_names_trino() -%}
    {#- Trino's names and, for Athena, those of its Hive DDL. -#}
    {%- do return(
        {
            "tinyint": ["tinyint"],
            "smallint": ["smallint"],
            "integer": ["integer"],
            "int": ["integer"],
            "bigint": ["bigint"],
            "decimal": ["decimal", 38, 0],
            "real": ["real"],
            "float": ["real"],
            "double": ["double"],
            "double precision": ["double"],
            "boolean": ["boolean"],
            "varchar": ["varchar"],
            "string": ["varchar"],
            "char": ["char", 1],
            "varbinary": ["binary"],
            "binary": ["binary"],
            "date": ["date"],
            "time": ["time", 3],
            "time with time zone": ["timetz", 3],
            "timestamp": ["timestamp", 3],
            "timestamp without time zone": ["timestamp", 3],
            "timestamp with time zone": ["timestamptz", 3],
            "json": ["json"],
            "uuid": ["uuid"],
            "unknown": ["null"],
            "ipaddress": ["ipaddress"],
            "hyperloglog": ["hyperloglog"],
            "array": ["array"],
            "map": ["map"],
            "row": ["struct"],
            "struct": ["struct"],
        }
    ) -%}
{%- endmacro -%}
