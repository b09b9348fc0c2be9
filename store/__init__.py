"""Engine, sessions, column types and the clock row; every room above keeps its own tables."""

from sqlmodel import SQLModel

from store.engine import NAMING

SQLModel.metadata.naming_convention = NAMING
