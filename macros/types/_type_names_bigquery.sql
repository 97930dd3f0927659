{%- macro _type_names_bigquery() -%}
    {#- Every integer is INT64, and the legacy names are the API's. -#}
    {%- do return(
        {
            "int64": ["bigint"],
            "int": ["bigint"],
            "integer": ["bigint"],
            "bigint": ["bigint"],
            "smallint": ["bigint"],
            "tinyint": ["bigint"],
            "byteint": ["bigint"],
            "numeric": ["decimal", 38, 9],
            "decimal": ["decimal", 38, 9],
            "bignumeric": ["bignumeric", 76, 38],
            "bigdecimal": ["bignumeric", 76, 38],
            "float64": ["double"],
            "float": ["double"],
            "bool": ["boolean"],
            "boolean": ["boolean"],
            "string": ["varchar"],
            "bytes": ["binary"],
            "date": ["date"],
            "time": ["time", 6],
            "datetime": ["timestamp", 6],
            "timestamp": ["timestamptz", 6],
            "json": ["json"],
            "geography": ["geography"],
            "range": ["range"],
            "array": ["array"],
            "struct": ["struct"],
            "record": ["struct"],
        }
    ) -%}
{%- endmacro -%}
