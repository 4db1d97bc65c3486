"""Start four processes, two of them in sessions of their own, and wait."""

import argparse
import os
import signal
import subprocess
import sys
import time

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--deaf", action="store_true", help="Do not listen to signals.")
if parser.parse_args().deaf:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
children = [
    subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=number > 1
    )
    for number in range(4)
]
print(os.getpid(), *(child.pid for child in children), flush=True)
time.sleep(600)
