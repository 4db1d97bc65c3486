"""A tool on ConfigArgParse: a configuration file, variables of the environment."""

from __future__ import annotations

import configargparse

parser = configargparse.ArgumentParser(
    prog="fetch", description="Fetch pages.", auto_env_var_prefix="FETCH_"
)
parser.add_argument("-c", "--config", is_config_file=True, help="A file of settings.")
parser.add_argument("--save-config", is_write_out_config_file_arg=True)
parser.add_argument("--url", required=True, env_var="PAGE_URL", help="What to fetch.")
parser.add_argument("--depth", type=int, default=2, choices=[1, 2, 3])
parser.add_argument("--header", action="append")
parser.add_argument("--verbose", "-v", action="store_true")
parser.add_argument("out", nargs="?")

if __name__ == "__main__":
    print(parser.parse_args())
