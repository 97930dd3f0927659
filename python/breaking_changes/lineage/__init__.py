"""From a dbt target directory to facts about every node: columns, reads, references that miss."""
