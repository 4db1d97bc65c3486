import configargparse

parser = configargparse.ArgumentParser()
parser.add_argument("--open")
parser.parse_known_args()
