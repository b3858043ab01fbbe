"""A hall's database, migrated once a run and copied for each test."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from hub.domain.hall import Database
from hub.logs import Watch, log_as_json
from hub.store import postgres
from tests.hub.desk import HALLS, Desk, copy_database, make_database
from tests.postgres import Cluster

ON_BOTH = {
    "test_archive_dossier",
    "test_attachments",
    "test_away",
    "test_care",
    "test_casework",
    "test_closing",
    "test_day",
    "test_exactly_once",
    "test_fairness",
    "test_feed",
    "test_filing",
    "test_forms",
    "test_moves",
    "test_keeping",
    "test_ledger",
    "test_line",
    "test_notices",
    "test_overdue",
    "test_owing",
    "test_posts",
    "test_printed",
    "test_queue",
    "test_refusing",
    "test_reporting",
    "test_registers",
    "test_rating_by_code",
    "test_requests",
    "test_searching",
    "test_slips",
    "test_suggestions",
    "test_telling",
    "test_watch",
}
"""Modules whose tests at a `desk` run on SQLite and on PostgreSQL."""
AT_WORK = {
    "window-3": "06",
    "window-1": "07",
    "department-real-estate": "31",
    "department-tax": "32",
    "supervisor": "90",
}


@pytest.fixture(scope="session", autouse=True)
def _plain_logs() -> None:
    """Mistakes are logged as the hub logs them, without the values of local variables."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    )


@pytest.fixture
def hub_log(_plain_logs: None) -> Iterator[tuple[io.BytesIO, Watch]]:
    """What this process logs as the hub's own process would, and the log's watch."""
    before, written = structlog.get_config(), io.BytesIO()
    watch = log_as_json(written)
    structlog.configure(cache_logger_on_first_use=False)  # loggers must not keep this after the test
    yield written, watch
    structlog.configure(**before)


@pytest.fixture(scope="session")
def shanting_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of 山亭 as `bancheng init` leaves it; copy it, do not write to it."""
    return make_database(tmp_path_factory.mktemp("shanting") / "hall.db", HALLS["shanting"])


@pytest.fixture(scope="session")
def yueyang_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_database(tmp_path_factory.mktemp("yueyang") / "hall.db", HALLS["yueyang"])


@pytest.fixture
def database(shanting_database: Path, tmp_path: Path) -> Path:
    """A database of this test's own."""
    return copy_database(shanting_database, tmp_path / "hall.db")


@pytest.fixture
def empty_desk(database: Path) -> Iterator[Desk]:
    """山亭 before anybody has come to work: nobody logged in, every window closed."""
    made = Desk(database)
    yield made
    made.close()


@pytest.fixture(scope="session")
def desk_at_work(shanting_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """What `desk` is a copy of; closed."""
    return at_work(copy_database(shanting_database, tmp_path_factory.mktemp("at-work") / "hall.db"))


def at_work(database: Database) -> Desk:
    made = Desk(database)
    for terminal, staff in AT_WORK.items():
        made.log_in(terminal, staff)
    made.later(minutes=1)
    made.close()
    return made


@pytest.fixture(scope="session")
def desk_on_postgres(cluster: Cluster) -> Desk:
    """The same in PostgreSQL."""
    database = cluster.new_database()
    made = at_work(make_database(cluster.address(database), HALLS["shanting"]))
    cluster.keep(database)
    return made


@pytest.fixture
def patient_with_postgres(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that is slow because much else runs here is not one that has died; other tests judge that."""
    monkeypatch.setattr(postgres, "SERVER_ENDS_MS", 30_000)
    monkeypatch.setattr(postgres, "ANSWER_S", 40.0)


@pytest.fixture
def kind() -> str:
    """The database that `desk` is kept in; both in turn for the modules of `ON_BOTH`."""
    return "sqlite"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    chosen = [mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")]
    on_both = metafunc.module.__name__.rpartition(".")[2] in ON_BOTH
    if on_both and "kind" in metafunc.fixturenames and "kind" not in chosen:
        metafunc.parametrize("kind", ["sqlite", "postgresql"])


@pytest.fixture
def desk(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """山亭 at work: 06 at the complaint window, 07 at window 1, 31 and 32 at their departments, 90 supervises."""
    if kind == "sqlite":
        model: Desk = request.getfixturevalue("desk_at_work")
        made = model.twin(copy_database(model.store.path, tmp_path / "hall.db"))
        yield made
        made.close()
    else:
        request.getfixturevalue("patient_with_postgres")
        model, cluster = request.getfixturevalue("desk_on_postgres"), request.getfixturevalue("cluster")
        cluster.put_back(model.store.path.rpartition("/")[2])
        made = model.twin(model.store.path)
        yield made
        made.close()


@pytest.fixture
def yueyang(yueyang_database: Path, tmp_path: Path) -> Iterator[Desk]:
    """岳阳 with its complaint window open."""
    made = Desk(copy_database(yueyang_database, tmp_path / "hall.db"), "yueyang")
    made.log_in("window-3", "06")
    made.later(minutes=1)
    yield made
    made.close()
