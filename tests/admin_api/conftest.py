"""The API's door, for every test of this folder."""

import pytest
import sqlalchemy as sa

from tests.admin_api.door import Door, open_door


@pytest.fixture
def door(engine: sa.Engine) -> Door:
    return open_door(engine)
