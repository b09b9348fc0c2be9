"""Starting and stopping the product: what runs in this process, in which order, and what the person is told."""

import os
import secrets
import signal
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

import sqlalchemy as sa
import structlog
import typer
from fastapi import FastAPI
from rich.console import Console

from alcorriente import composition, logs, memory
from alcorriente.gateway_process import GatewayEnded, GatewayProcess
from alcorriente.rasa_process import RasaMissing, RasaProcess
from alcorriente.serving import PortTaken, serve
from alcorriente.settings import Settings, settings
from alcorriente.worker import Worker
from bot import doubts, inbox
from bot.dialogue import Dialogue
from desk.access import Role
from desk.accounts import add_staff, renew_password, staff_with
from scheduler.clock import Ticker
from scheduler.jobs import Outside
from store.clock import Clock, MovableClock
from store.engine import transaction

log = structlog.get_logger()
# Rasa needs about 10 s here; a small machine that does other things too may need a minute.
PATIENCE_WITH_RASA = 180
NICE = 5  # own default; Rasa's is twice that
DEMO_ADMIN = "admin@demo.example"


def run(role: str, *, demo: bool) -> None:
    """Blocks until SIGINT or SIGTERM."""
    chosen, console = settings(), Console()
    logs.configure(chosen.log_level)
    started = time.monotonic()
    try:
        product = Product(chosen, console, role)
        product.start(demo=demo)
    except (RasaMissing, composition.Undeclared, PortTaken, GatewayEnded) as problem:
        console.print(str(problem), style="red", soft_wrap=True)
        raise typer.Exit(1) from problem
    console.print(f"Ready after {time.monotonic() - started:.0f} s.")
    product.wait()


class Product:
    """All parts, or the one that `role` names."""

    def __init__(self, chosen: Settings, console: Console, role: str) -> None:
        self._chosen, self._console, self._role = chosen, console, role
        self._token = chosen.rasa_token.get_secret_value() or secrets.token_urlsafe(24)
        self._stop: list[Callable[[], None]] = []

    def start(self, *, demo: bool) -> None:
        chosen, say = self._chosen, self._console.print
        say("Opening the store")
        engine = composition.open_store(chosen)
        at = composition.clock(engine, chosen)
        channels = composition.channels(chosen, at, engine)
        rasa = self._start_rasa() if self._runs("worker") else None
        dialogue = Dialogue(chosen.rasa_url or f"http://127.0.0.1:{chosen.rasa_port}", self._token)
        if demo:
            logs.configure("ERROR")  # Simulated phones that can't be reached are no news.
            _fill(engine, at, self._console)
            logs.configure(chosen.log_level)
        if self._role == "all":
            # Nobody else is at work, so what was in hand when the last process ended need not wait for its lease.
            inbox.free_leases(engine)
            doubts.settle_lost(engine, channels, at.now(), real=datetime.now(UTC), before=None)
        enabled = composition.enabled_channels(chosen)
        worker = Worker(
            engine,
            dialogue,
            channels,
            at,
            turn_workers=chosen.turn_workers,
            enabled=enabled,
            paces=composition.paces(chosen),
            sends_at_once=1 if chosen.simulator else chosen.sends_at_once,
            sources=composition.media_sources(chosen),
            transcriber=composition.transcriber(chosen),
            pages=chosen.page_addresses,
            heard=composition.heard(engine),
        )
        asked = () if chosen.simulator else composition.asking_jobs(engine, channels, worker.wake)
        if self._apart:
            self._start_gateway(worker)
        self._serve_parts(engine, at, dialogue, worker, asked)
        if rasa is not None:
            self._wait_for(dialogue)
        if self._runs("worker"):
            worker.start()
            self._stop.insert(0, worker.stop)
        memory.settle()
        self._say_where(engine, demo=demo)

    def wait(self) -> None:
        done = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: done.set())
        done.wait()
        self._console.print("Stopping")
        for stop in self._stop:
            stop()

    def _runs(self, role: str) -> bool:
        return self._role in {"all", role}

    @property
    def _apart(self) -> bool:
        """Hooks have a process of their own, so that turns don't take its time; the simulator answers within a turn."""
        return self._role == "all" and not self._chosen.simulator

    def _start_gateway(self, worker: Worker) -> None:
        """It comes before turns and sends when both want the processor."""
        gateway = GatewayProcess(self._token, worker.wake)
        self._stop.insert(0, gateway.stop)
        gateway.start()
        os.nice(NICE)

    def _start_rasa(self) -> RasaProcess | None:
        if self._chosen.rasa_url:
            return None
        self._console.print("Starting Rasa (about 10 s)")
        rasa = RasaProcess(
            port=self._chosen.rasa_port,
            token=self._token,
            actions_url=self._chosen.actions_url or f"http://127.0.0.1:{self._chosen.actions_port}/webhook",
            tracker_url=self._chosen.trackers,
            log_file=self._chosen.data_dir / "rasa.log",
        )
        rasa.start()
        self._stop.append(rasa.stop)
        return rasa

    def _serve_parts(
        self, engine: sa.Engine, at: Clock, dialogue: Dialogue, worker: Worker, asked: tuple[Outside, ...]
    ) -> None:
        chosen = self._chosen
        if self._runs("actions"):
            self._serve(composition.action_server(engine), chosen.actions_host, chosen.actions_port)
        if self._runs("gateway") and not self._apart:
            settle = worker.settle if chosen.simulator else None
            app = composition.gateway(engine, at, dialogue, worker.wake, chosen, settle=settle)
            self._serve(app, chosen.host, chosen.port)
        if self._runs("clock"):
            run_due = composition.run_due(engine, chosen, asked)
            ticker = Ticker(lambda: _tick(run_due, at, worker))
            ticker.start()
            self._stop.insert(0, ticker.stop)

    def _serve(self, app: FastAPI, host: str, port: int) -> None:
        self._stop.insert(0, serve(app, host, port))

    def _wait_for(self, dialogue: Dialogue) -> None:
        ends = time.monotonic() + PATIENCE_WITH_RASA
        with self._console.status("Waiting for Rasa"):
            while not dialogue.is_ready():
                if time.monotonic() > ends:
                    where = self._chosen.data_dir / "rasa.log"
                    self._console.print(
                        f"Rasa is not ready after {PATIENCE_WITH_RASA} s: see {where}. Going on without."
                    )
                    return
                time.sleep(0.3)

    def _say_where(self, engine: sa.Engine, *, demo: bool) -> None:
        base = f"http://{self._chosen.host}:{self._chosen.port}"
        if self._chosen.simulator and self._runs("gateway"):
            self._console.print(f"The phone in the browser: {base}/simulator")
        if self._runs("gateway"):
            self._console.print(f"The console for staff:    {base}/console")
            self._console.print(f"Hooks for providers:      {base}/channels/…")
        if demo:
            self._console.print(f"Staff sign-in:            {_sign_in(engine)}")
            command = "ALCORRIENTE_SIMULATOR=1 .venv/bin/alcorriente cases list"
            self._console.print(f"Cases on the command line: {command}", soft_wrap=True)  # To be copied in one piece.


def _fill(engine: sa.Engine, at: Clock, console: Console) -> None:
    from alcorriente.demo import filling

    if isinstance(at, MovableClock):
        filling.fill_if_empty(engine, at, composition.CHANNELS, console)


def _sign_in(engine: sa.Engine) -> str:
    """The demo's admin, with a new password at each start, because only its hash is kept."""
    now = datetime.now(UTC)
    with transaction(engine) as session:
        known = staff_with(session, DEMO_ADMIN)
        if known is not None:
            return f"{DEMO_ADMIN}, password {renew_password(session, known, 'system', now)}"
        _, password = add_staff(session, email=DEMO_ADMIN, name="Demo", role=Role.ADMIN, now=now, by="system")
        return f"{DEMO_ADMIN}, password {password}"


def _tick(run_due: Callable[..., dict[str, int]], at: Clock, worker: Worker) -> None:
    if isinstance(at, MovableClock) and at.is_frozen():
        return  # Time stands still until the simulator moves it, and then the simulator calls the jobs.
    counts = run_due(at.now())
    if any(counts.values()):
        log.info("clock", **{name: count for name, count in counts.items() if count})
        worker.wake()
