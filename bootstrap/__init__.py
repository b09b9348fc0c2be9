"""From a fresh clone to a running assistant, with nothing but the standard library of Python 3.9 or newer."""
