"""Count the words of files.

Every word counts once.
"""

import enum

from absl import app, flags, logging

__version__ = "2.4"


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


FLAGS = flags.FLAGS
flags.DEFINE_string("name", "World", "Whom to greet.", short_name="n")
flags.DEFINE_string("out_file", None, "Where the report goes.")
flags.DEFINE_string("password", "geheim", "Key of the archive.")
flags.DEFINE_integer("times", 3, "How often.", lower_bound=1, upper_bound=9)
flags.DEFINE_float("ratio", 0.5, "Share.", lower_bound=0.0)
flags.DEFINE_bool("shout", False, "In capitals.")
flags.DEFINE_boolean("colour_on", True, None)
flags.DEFINE_enum("mode", "fast", ["fast", "slow"], "How it works.")
flags.DEFINE_enum("level", None, ["Low", "High"], "How much.", case_sensitive=False)
flags.DEFINE_enum_class("paint", Colour.RED, Colour, "Which colour.")
flags.DEFINE_multi_enum_class("paints", [Colour.BLUE], Colour, "Which colours.")
flags.DEFINE_list("tags", ["a", "b"], "Tags.")
flags.DEFINE_spaceseplist("words", None, "Words.")
flags.DEFINE_multi_string("add", None, "Add one, repeatable.")
flags.DEFINE_multi_integer("number", [1, 2], "Numbers.", lower_bound=0)
flags.DEFINE_multi_enum("kind", None, ["x", "y"], "Kinds.")
flags.DEFINE_string("user", None, "Who.")
flags.DEFINE_string("group", None, "Which group.")
flags.mark_flag_as_required("out_file")
flags.mark_flags_as_mutual_exclusive(["user", "group"])
flags.DEFINE_alias("speed", "mode")


def main(argv):
    print(FLAGS.flag_values_dict(), argv)


if __name__ == "__main__":
    app.run(main)
