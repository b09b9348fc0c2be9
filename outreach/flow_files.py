"""A flow as a file that lives in version control: JSON, one field a line, always in the same order. Pure."""

import json

from outreach.cadence import Cadence, canonical, load

# A hundred steps with texts in two languages for three channels need less.
LARGEST = 2_000_000


def written(cadence: Cadence) -> str:
    """What is read again gives the same cadence, and written again the same file."""
    return json.dumps(canonical(cadence), ensure_ascii=False, indent=1) + "\n"


def read(text: str) -> Cadence:
    """Raises CadenceError."""
    return load(text)
