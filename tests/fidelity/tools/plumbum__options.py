import datetime

from plumbum import cli


class Money:
    def __init__(self, text):
        self.text = text


class Tool(cli.Application):
    """Every kind of option."""

    text = cli.SwitchAttr("--text", str, help="Any text.")
    integer = cli.SwitchAttr("--integer", int)
    number = cli.SwitchAttr("--number", float)
    bounded = cli.SwitchAttr("--bounded", cli.Range(0, 99))
    flag = cli.Flag("--flag")
    count = cli.CountOf("--count")
    choice = cli.SwitchAttr("--choice", cli.Set("red", "blue"))
    opened = cli.SwitchAttr("--opened", cli.ExistingFile)
    repeat = cli.SwitchAttr("--repeat", str, list=True)
    own = cli.SwitchAttr("--own", Money)
    preset = cli.SwitchAttr("--preset", str, default="7")
    needed = cli.SwitchAttr("--needed", str, mandatory=True)
    from_env = cli.SwitchAttr("--from-env", str, envname="TOOL_ENV")
    password = cli.SwitchAttr("--password", str)
    grouped = cli.SwitchAttr("--grouped", str, group="Colours")
    either = cli.Flag("--either", excludes=["--other"])
    other = cli.Flag("--other", excludes=["--either"])

    def main(self, item, extra=""):
        pass


Tool.run()
