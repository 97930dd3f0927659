{%- macro _type_specs() -%}
    {#-
        What the base types can hold. Integers: values from -2^low (or 0) to 2^high - 1, and the decimal
        digits that the largest of them takes. Floats: bits of the significand, and the decimal digits
        that always survive in it. parameters: whether a length, precision or scale counts. years: the last
        year, about.
    -#}
    {%- do return(
        {
            "tinyint": {"family": "integer", "low": 7, "high": 7, "digits": 3},
            "smallint": {"family": "integer", "low": 15, "high": 15, "digits": 5},
            "integer": {"family": "integer", "low": 31, "high": 31, "digits": 10},
            "bigint": {"family": "integer", "low": 63, "high": 63, "digits": 19},
            "hugeint": {"family": "integer", "low": 127, "high": 127, "digits": 39},
            "int256": {"family": "integer", "low": 255, "high": 255, "digits": 77},
            "utinyint": {"family": "integer", "low": 0, "high": 8, "digits": 3},
            "usmallint": {"family": "integer", "low": 0, "high": 16, "digits": 5},
            "uinteger": {"family": "integer", "low": 0, "high": 32, "digits": 10},
            "ubigint": {"family": "integer", "low": 0, "high": 64, "digits": 20},
            "uhugeint": {"family": "integer", "low": 0, "high": 128, "digits": 39},
            "uint256": {"family": "integer", "low": 0, "high": 256, "digits": 78},
            "bignum": {"family": "integer", "low": 9999, "high": 9999, "digits": 9999},
            "decimal": {"family": "decimal", "parameters": true},
            "bignumeric": {"family": "decimal", "parameters": true},
            "bfloat16": {"family": "float", "bits": 8, "digits": 2},
            "real": {"family": "float", "bits": 24, "digits": 7},
            "double": {"family": "float", "bits": 53, "digits": 15},
            "varchar": {"family": "string", "parameters": true, "padded": false},
            "char": {"family": "string", "parameters": true, "padded": true},
            "nvarchar": {"family": "string", "parameters": true, "padded": false},
            "nchar": {"family": "string", "parameters": true, "padded": true},
            "text": {"family": "string", "parameters": false, "padded": false},
            "binary": {"family": "binary", "parameters": true, "padded": false},
            "fixed_binary": {"family": "binary", "parameters": true, "padded": true},
            "boolean": {"family": "boolean"},
            "date": {"family": "date", "years": 9999},
            "date16": {"family": "date", "years": 2149},
            "date32": {"family": "date", "years": 2299},
            "time": {"family": "time", "parameters": true, "zoned": false},
            "timetz": {"family": "time", "parameters": true, "zoned": true},
            "timestamp": {"family": "timestamp", "parameters": true, "years": 9999},
            "smalldatetime": {"family": "timestamp", "parameters": true, "years": 2079},
            "timestamp_ns": {"family": "timestamp", "parameters": true, "years": 2262},
            "timestamptz": {"family": "timestamptz", "parameters": true, "years": 9999},
            "timestamptz_ns": {
                "family": "timestamptz",
                "parameters": true,
                "years": 2262,
            },
            "datetime32": {"family": "timestamp", "parameters": true, "years": 2106},
            "datetime64": {"family": "timestamp", "parameters": true, "years": 2299},
            "timestampltz": {"family": "timestamptz", "parameters": true, "years": 9999},
            "json": {"family": "json"},
            "jsonb": {"family": "json"},
            "variant": {"family": "json"},
            "object": {"family": "json"},
            "super": {"family": "json"},
            "uuid": {"family": "uuid"},
            "null": {"family": "null"},
        }
    ) -%}
{%- endmacro -%}
