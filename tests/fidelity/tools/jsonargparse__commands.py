from jsonargparse import ArgumentParser

go = ArgumentParser()
go.add_argument("items", nargs="+")
far = ArgumentParser()
parser = ArgumentParser()
commands = parser.add_subcommands()
commands.add_subcommand("go", go)
commands.add_subcommand("far", far)
far.add_subcommands().add_subcommand("away", ArgumentParser())
parser.parse_args()
