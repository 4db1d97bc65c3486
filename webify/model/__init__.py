"""The nouns of webify: tools, commands, parameters, runs, blocks and tables, as plain data."""
