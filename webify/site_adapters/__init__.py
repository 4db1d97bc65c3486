"""What a site's own modules say of single tools: the folder `adapters` beside the tools.

A module is named after its tool: the tool's word in addresses, with "_" for each "-".
It may hold any of these; each stands for itself:

    describe(command) -> Command     amend what the tool's parser said
    CHOICES = {address: (address, ...)}   fields whose choices come from choices(), and the fields
                                     whose answers they depend on
    choices(address, values) -> list     values, or pairs of a value and what people read
    OUTPUT = "csv"                   how all that the tool prints is read: see model/block.py
    read(lines) -> list              what the tool printed, as tables, pairs and text
"""
