"""`python -m phrases.tone`: how unkind each example of nlu_data/tone is to a model that read no other by its author.

One JSON line for each: `{"file", "kind", "text", "share"}`. A file is what one author wrote. `ours.txt` answers to what
was missed in the others, so it would flatter: it is neither read nor judged here.
"""

import json
import sys
from typing import Any

import numpy as np
from components import tone_examples
from components.opinion import learn
from components.vectors import weighed

from phrases.corpus import settings

ANSWERS = "ours"


def main() -> int:
    config = settings("ToneJudge")
    texts, kinds, files = _examples()
    rows = weighed(texts, config["vectors"])
    shares = np.zeros(len(texts))
    for file in np.unique(files):
        held = files == file
        shares[held] = _heard(texts, kinds, rows, held, config)
    for text, kind, file, share in zip(texts, kinds, files, shares, strict=True):
        sys.stdout.write(json.dumps({"file": file, "kind": kind, "text": text, "share": round(share, 4)}) + "\n")
    return 0


def _examples() -> tuple[list[str], list[str], np.ndarray]:
    found = [
        (text, kind, path.stem)
        for path in sorted(tone_examples.FOLDER.glob("*.txt"))
        if path.stem != ANSWERS
        for text, kind in tone_examples.read_file(path)
    ]
    texts, kinds, files = (list(each) for each in zip(*found, strict=True))
    return texts, kinds, np.array(files)


def _heard(
    texts: list[str], kinds: list[str], rows: np.ndarray, held: np.ndarray, config: dict[str, Any]
) -> np.ndarray:
    known = np.flatnonzero(~held)
    learned = learn([texts[each] for each in known], [kinds[each] for each in known], rows[known], config)
    return learned.share(
        tone_examples.UNKIND, [texts[each] for each in np.flatnonzero(held)], rows[held], config["temperature"]
    )


if __name__ == "__main__":
    sys.exit(main())
