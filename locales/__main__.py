"""`python -m locales`: checks the catalogues, one line per fault; exit status 1 if there is one."""

import sys

from locales.checks import problems


def main() -> int:
    found = problems()
    sys.stdout.writelines(f"{fault}\n" for fault in found)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
