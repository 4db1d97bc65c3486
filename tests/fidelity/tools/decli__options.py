import argparse
import datetime
import pathlib

import decli


class Money:
    def __init__(self, text):
        self.text = text


decli.cli(
    {
        "prog": "tool",
        "description": "Every kind of option.",
        "arguments": [
            {"name": "--text", "help": "Any text."},
            {"name": "--integer", "type": int},
            {"name": "--number", "type": float},
            {"name": "--bounded", "type": int, "choices": range(100)},
            {"name": "--flag", "action": "store_true"},
            {"name": "--switch", "action": argparse.BooleanOptionalAction},
            {"name": "--count", "action": "count"},
            {"name": "--choice", "choices": ["red", "blue"]},
            {"name": "--date", "type": datetime.date.fromisoformat},
            {"name": "--path", "type": pathlib.Path},
            {"name": "--opened", "type": argparse.FileType()},
            {"name": "--several", "nargs": "+"},
            {"name": "--repeat", "action": "append"},
            {"name": "--maybe", "nargs": "?", "const": "c"},
            {"name": "--own", "type": Money},
            {"name": "--preset", "default": "7"},
            {"name": "--needed", "required": True},
            {"name": "--password"},
            {"name": "--unlisted", "help": argparse.SUPPRESS},
            {"name": "--grouped", "group": "Colours"},
            {"name": "--either", "action": "store_true", "exclusive_group": "one"},
            {"name": "--other", "action": "store_true", "exclusive_group": "one"},
        ],
        "subcommands": {
            "title": "commands",
            "commands": [
                {
                    "name": "go",
                    "help": "Go.",
                    "arguments": [
                        {"name": "item"},
                        {"name": "extra", "nargs": "?"},
                    ],
                },
                {
                    "name": "all",
                    "help": "Go everywhere.",
                    "arguments": [{"name": "items", "nargs": "+"}],
                },
            ],
        },
    }
).parse_args()
