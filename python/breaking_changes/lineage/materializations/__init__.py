"""How a materialization treats the table that it keeps."""
