"""A program to be killed: runs replications of a toy model into a folder and prints the journal's digest."""

import sys
from pathlib import Path

import study_toys

from sim.studies.journal import Journal
from sim.studies.lock import FolderBusyError
from sim.studies.replications import Interrupted, run_replications


def main() -> int:
    folder, model, count, workers = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    try:
        with Journal.to_write(folder) as journal:
            run_replications(getattr(study_toys, model), study_toys.toy_cell(), range(count), journal, workers=workers)
            sys.stdout.write(f"{journal.digest()}\n")
    except FolderBusyError as error:
        sys.stderr.write(f"{error}\n")
        return 9
    except Interrupted as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
