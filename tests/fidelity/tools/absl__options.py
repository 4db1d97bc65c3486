from absl import app, flags

flags.DEFINE_string("text", None, "Any text.")
flags.DEFINE_integer("integer", None, "A whole number.")
flags.DEFINE_float("number", None, "A number.")
flags.DEFINE_integer("bounded", 1, "A range.", lower_bound=0, upper_bound=99)
flags.DEFINE_boolean("switch", None, "On or off.")
flags.DEFINE_enum("choice", None, ["red", "blue"], "One of two.")
flags.DEFINE_multi_string("repeat", None, "Again and again.")
flags.DEFINE_list("several", None, "Several.")
flags.DEFINE_string("preset", "7", "A default.")
flags.DEFINE_string("needed", None, "It must be.", required=True)
flags.DEFINE_string("password", None, "A secret.")


def main(argv):
    pass


app.run(main)
