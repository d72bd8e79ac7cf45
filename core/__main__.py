"""`python -m core`: the same core, without the browser."""

import sys

from core.cli import main

if __name__ == "__main__":
    sys.exit(main())
