"""`alcorriente flow`: a flow as a file that lives in version control, and back in as a draft."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlmodel import Session

    from outreach.tables import Flow, FlowVersion

app = typer.Typer(help="Flows as files: whom to write to, when, with which words.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The flow's name; the shipped one is called default.")]


@app.command("export")
def export(
    name: Name, number: Annotated[int | None, typer.Option(help="Of a version; none: the published one.")] = None
) -> None:
    """Print a version as JSON. The same version always gives the same text.

    Example: alcorriente flow export default > flow.json
    """
    from alcorriente.composition import open_store
    from outreach import flow_files, flows
    from store.engine import reading

    with reading(open_store()) as session:
        version = _version(session, _flow(session, name), number)
        typer.echo(flow_files.written(flows.cadence_of(version)), nl=False)


@app.command("import")
def import_(name: Name, file: Annotated[Path, typer.Argument(help="What export printed.", exists=True)]) -> None:
    """Make a draft of a file. Nothing follows it until it is published in the console.

    Example: alcorriente flow import default flow.json
    """
    from datetime import UTC, datetime

    from alcorriente.composition import open_store
    from desk import audit
    from outreach import flow_files, flow_versions
    from outreach.cadence import CadenceError, canonical
    from store.engine import transaction
    from store.ids import id_of

    now = datetime.now(UTC)
    try:
        with transaction(open_store()) as session:
            flow_id = id_of(_flow(session, name))
            content = canonical(flow_files.read(file.read_text("utf-8-sig")))
            draft = flow_versions.bring_in(session, flow_id, content, by="command_line", now=now)
            detail = {"version": draft.number}
            audit.record(session, "command_line", "flow_imported", f"flow:{flow_id}", detail, now=now)
            number = draft.number
    except (CadenceError, UnicodeDecodeError) as problem:
        typer.echo(f"{file}: nothing was taken in:\n{problem}", err=True)
        raise typer.Exit(1) from problem
    typer.echo(f"Version {number} of {name} is a draft.")


def _flow(session: "Session", name: str) -> "Flow":
    from sqlmodel import select

    from outreach.tables import Flow

    found = session.exec(select(Flow).where(Flow.name == name)).first()
    if found is None:
        names = ", ".join(session.exec(select(Flow.name).order_by(Flow.name)))
        typer.echo(f"flow {name!r}: no such flow: there are {names or 'none'}", err=True)
        raise typer.Exit(1)
    return found


def _version(session: "Session", flow: "Flow", number: int | None) -> "FlowVersion":
    from sqlmodel import select

    from outreach import flow_versions
    from outreach.tables import FlowVersion
    from store.ids import id_of

    if number is None:
        found = flow_versions.followed(session, id_of(flow))
    else:
        wanted = select(FlowVersion).where(FlowVersion.flow_id == flow.id, FlowVersion.number == number)
        found = session.exec(wanted).first()
    if found is None:
        said = "nothing is published" if number is None else f"no version {number}"
        typer.echo(f"flow {flow.name!r}: {said}: see GET /api/v1/flows", err=True)
        raise typer.Exit(1)
    return found
