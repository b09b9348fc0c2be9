"""`python -m alcorriente.migrations "why"` writes the next step of the schema from the tables' definitions."""

import sys

from alcorriente.migrations import write

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit('Say why the schema changes: python -m alcorriente.migrations "Addresses know their carrier"')
    sys.stdout.write(f"{write(sys.argv[1])}\n")
