"""`alcorriente backup` and `alcorriente restore`."""

from pathlib import Path
from typing import Annotated

import typer


def backup(
    folder: Annotated[Path | None, typer.Argument(help="Where to; none: the folder of the nightly copies.")] = None,
) -> None:
    """Copy the store while it is in use, and verify the copy.

    Example: alcorriente backup /mnt/usb
    """
    from datetime import UTC, datetime

    from alcorriente.composition import open_store
    from alcorriente.settings import settings
    from scheduler import backups

    engine = open_store()
    try:
        copy = backups.make(engine, folder or settings().backups, datetime.now(UTC))
    except (backups.BackupError, OSError) as problem:
        typer.echo(f"No backup was made: {problem}", err=True)
        raise typer.Exit(1) from problem
    finally:
        engine.dispose()
    typer.echo(f"{copy} ({copy.stat().st_size / 1e6:.1f} MB), verified. Keep ALCORRIENTE_SECRET with it, elsewhere.")


def restore(
    file: Annotated[Path, typer.Argument(help="A copy that `alcorriente backup` or the night wrote.")],
) -> None:
    """Put a verified copy in the place of the store, and keep the store that was there. Refused while in use.

    Example: alcorriente restore var/backups/alcorriente-20261124T090000Z.db
    """
    from alcorriente.settings import settings
    from scheduler import backups

    chosen = settings()
    try:
        backups.verify(file)
        kept = _put_back(file, chosen.store_url)
    except (backups.BackupError, OSError) as problem:
        typer.echo(f"Nothing was changed: {problem}", err=True)
        raise typer.Exit(1) from problem
    typer.echo(f"{file} is the store now." + (f" The one before is kept as {kept}" if kept else ""))


def _put_back(file: Path, store_url: str) -> Path | None:
    """Returns where the store that was there is kept now."""
    from datetime import UTC, datetime

    import sqlalchemy as sa

    from alcorriente.settings import settings
    from scheduler import backups
    from store.engine import create_engine

    now = datetime.now(UTC)
    url = sa.make_url(store_url)
    if url.get_backend_name() == "sqlite":
        return backups.restore_sqlite(file, Path(url.database or ""), now)
    engine = create_engine(store_url)
    try:
        kept = backups.make(engine, settings().backups, now) if sa.inspect(engine).has_table("lender") else None
        backups.restore_postgres(file, engine)
    finally:
        engine.dispose()
    return kept
