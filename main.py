"""Start the program from a checkout: ``python main.py``, the same as the installed ``village-ledger``."""

import sys

from village_ledger.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
