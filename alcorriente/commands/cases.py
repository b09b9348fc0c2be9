"""`alcorriente cases`: a person's work, from the terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

app = typer.Typer(help="Cases that wait for a person: list, take, answer, give back, close.", no_args_is_help=True)
CaseId = Annotated[int, typer.Argument(help="The number that `cases list` shows.")]


@app.command("list")
def list_() -> None:
    """The queue, most urgent first.

    Example: alcorriente cases list
    """
    from rich.console import Console
    from rich.table import Table

    from desk import cases

    with _opened() as (session, now):
        table = Table("case", "reason", "state", "waits", "borrower", "loan", "facts")
        for case in cases.open_cases(session):
            waits = str(now - case.opened_at).split(".")[0]
            facts = ", ".join(f"{key}: {value}" for key, value in case.facts.items() if value not in {None, ""})
            table.add_row(*map(str, (case.id, case.reason, case.state, waits, case.borrower_id, case.loan_id, facts)))
        Console().print(table)


@app.command()
def show(case_id: CaseId) -> None:
    """The whole story: facts, offers, steps and the conversation.

    Example: alcorriente cases show 7
    """
    from sqlmodel import col, select

    from desk.tables import Case, CaseEvent
    from outreach.tables import Message

    with _opened() as (session, _):
        case = session.get(Case, case_id) or _missing(case_id)
        typer.echo(f"case {case.id} {case.reason} {case.state} since {case.opened_at:%Y-%m-%d %H:%M} UTC")
        typer.echo(f"facts {case.facts}\noffers {case.offers}")
        for event in session.exec(select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(col(CaseEvent.id))):
            typer.echo(f"  {event.at:%Y-%m-%d %H:%M} {event.kind} {event.note}")
        talk = select(Message).where(Message.conversation_id == case.conversation_id).order_by(col(Message.id))
        for message in session.exec(talk):
            typer.echo(
                f"  {message.created_at:%Y-%m-%d %H:%M} {'<' if message.direction == 'in' else '>'} {message.text}"
            )


@app.command()
def take(case_id: CaseId) -> None:
    """Take the conversation over: the assistant falls silent.

    Example: alcorriente cases take 7
    """
    from desk import cases

    with _opened() as (session, now):
        cases.take_over(session, _case(session, case_id), None, now, from_others=True)
    typer.echo(f"Case {case_id} is yours. The assistant is silent until you give it back.")


@app.command()
def answer(case_id: CaseId, text: Annotated[str, typer.Argument(help="What the borrower reads.")]) -> None:
    """Write to the borrower, through the same channel.

    Example: alcorriente cases answer 7 'Buenas tardes, soy Laura de la sucursal Centro.'
    """
    from desk import cases

    with _opened() as (session, now):
        cases.answer(session, _case(session, case_id), None, text, now)
    typer.echo("Queued.")


@app.command("give-back")
def give_back(
    case_id: CaseId, summary: Annotated[str, typer.Option("--summary", help="What was agreed.")] = ""
) -> None:
    """Give the conversation back to the assistant and close the case.

    Example: alcorriente cases give-back 7 --summary 'Paga 300 el lunes'
    """
    from desk import cases

    with _opened() as (session, now):
        cases.give_back(session, _case(session, case_id), None, summary, now)
    typer.echo("The assistant answers again.")


@app.command()
def close(case_id: CaseId, outcome: Annotated[str, typer.Option("--outcome", help="How it ended.")]) -> None:
    """Close a case.

    Example: alcorriente cases close 7 --outcome 'Pago encontrado'
    """
    from desk import cases

    with _opened() as (session, now):
        cases.close(session, _case(session, case_id), None, outcome, now)
    typer.echo(f"Case {case_id} is closed.")


@contextmanager
def _opened() -> Iterator[tuple["Session", "datetime"]]:
    from alcorriente.composition import clock, open_store
    from alcorriente.settings import settings
    from desk.cases import CaseError
    from store.engine import transaction

    engine = open_store()
    try:
        with transaction(engine) as session:
            yield session, clock(engine, settings()).now()
    except CaseError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem


def _case(session: "Session", case_id: int):  # type: ignore[no-untyped-def]  # noqa: ANN202
    from desk.tables import Case

    return session.get(Case, case_id) or _missing(case_id)


def _missing(case_id: int):  # type: ignore[no-untyped-def]  # noqa: ANN202
    from desk.cases import CaseError

    raise CaseError(f"There is no case {case_id}. `alcorriente cases list` shows those that are open.")
