import optparse


class Extended(optparse.Option):
    TYPES = (*optparse.Option.TYPES, "day", "int")
    TYPE_CHECKER = dict(optparse.Option.TYPE_CHECKER, day=lambda option, opt, value: value)
    ACTIONS = (*optparse.Option.ACTIONS, "extend")
    STORE_ACTIONS = (*optparse.Option.STORE_ACTIONS, "extend")
    TYPED_ACTIONS = (*optparse.Option.TYPED_ACTIONS, "extend")
    ALWAYS_TYPED_ACTIONS = (*optparse.Option.ALWAYS_TYPED_ACTIONS, "extend")

    def take_action(self, action, dest, opt, value, values, parser):
        if action == "extend":
            values.ensure_value(dest, []).extend(value.split(","))
        else:
            super().take_action(action, dest, opt, value, values, parser)


def noticed(option, opt, value, parser):
    parser.values.noticed = value


parser = optparse.OptionParser(option_class=Extended, conflict_handler="resolve")
parser.disable_interspersed_args()
parser.add_option("--day", type="day")
parser.add_option("--names", action="extend")
parser.add_option("--noticed", action="callback", callback=noticed, type="int", nargs=1)
parser.add_option("--bare", action="callback", callback=noticed)
parser.add_option("-s", "--same", help="the first")
parser.add_option("--same", help="the second")
group = optparse.OptionGroup(parser, "Dangerous", "Take care.")
group.add_option("-d", "--drop", action="store_true", help="drop it")
parser.add_option_group(group)
parser.add_option_group(optparse.OptionGroup(parser, "Empty"))
parser.parse_args()
