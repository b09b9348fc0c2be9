import os
import sys

import pytest

from bootstrap import installer, progress


def python(code: str, limit_s: float = 30) -> str:
    return progress.run("Trying", [sys.executable, "-c", code], os.environ, "Do this.", limit_s)


def test_what_a_program_says_is_returned() -> None:
    assert python("print('done')") == "done\n"


def test_a_failure_names_cause_and_fix() -> None:
    with pytest.raises(progress.SetupError) as error:
        python("import sys; print('the disk is full'); sys.exit(3)")
    assert error.value.fix == "Do this."
    assert "Trying: ended with code 3." in error.value.cause
    assert "the disk is full" in error.value.cause


def test_only_the_last_lines_of_a_failure_are_shown() -> None:
    with pytest.raises(progress.SetupError) as error:
        python("print(*range(1000), sep='\\n'); raise SystemExit(1)")
    assert "999" in error.value.cause
    assert "\n    500" not in error.value.cause


def test_a_program_that_never_ends_is_ended() -> None:
    with pytest.raises(progress.SetupError, match="no end after"):
        python("import time; time.sleep(60)", limit_s=0.3)


def test_a_shell_set_up_for_another_project_does_not_lead_astray() -> None:
    clean = installer.environment(
        {"PYTHONDONTWRITEBYTECODE": "1", "VIRTUAL_ENV": "/other", "HOME": "/h", "PIP_INDEX_URL": "mirror"}
    )
    assert clean == {"HOME": "/h", "PIP_INDEX_URL": "mirror", "UV_DEFAULT_INDEX": "mirror"}
