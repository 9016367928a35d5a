"""The command line: `python run.py COMMAND`; see `python run.py --help`."""

import sys

from sim.command.main import main

if __name__ == "__main__":
    sys.exit(main())
