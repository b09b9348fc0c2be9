"""Runs a step of the schema, over the connection that `upgrade` gives."""

from typing import Any, Literal

from alembic import context

from alcorriente.migrations import metadata


def _render(kind: str, thing: Any, _context: Any) -> str | Literal[False]:
    """Types are written as what the database stores: a step must not change when a class of ours does."""
    if kind != "type":
        return False
    if type(thing).__module__ == "store.columns":
        return f"sa.{type(thing.impl_instance).__name__}()"
    return "sa.String()" if type(thing).__name__ == "AutoString" else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata(),
    render_as_batch=True,  # SQLite alters a table by copying it.
    compare_type=True,
    render_item=_render,
)
with context.begin_transaction():
    context.run_migrations()
