"""A PostgreSQL of the tests' own: Debian's programs, a directory in /tmp, one port of this machine, no passwords."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from tests.ports import free_port

PROGRAMS = Path("/usr/lib/postgresql")
OWNER = "postgres"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "logging_collector": "off",
    "autovacuum_naptime": "10min",
}


class Cluster:
    """One server process with its data. `address` names one of its databases, as `hall.toml` does."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="bancheng-postgres-"))
        self.port = free_port()
        self._bin = max(PROGRAMS.glob("*/bin"), key=lambda path: int(path.parent.name))
        self._names = count(1)
        self._kept: dict[str, list[str]] = {}
        if os.getuid() == 0:  # initdb refuses root
            found = pwd.getpwnam(OWNER)
            os.chown(self.home, found.pw_uid, found.pw_gid)
        self._run("initdb", "-D", str(self.data), "-A", "trust", "-U", OWNER, "--no-locale", "-E", "UTF8", "--no-sync")
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.writelines(f"{name} = '{value}'\n" for name, value in {**SETTINGS, "port": self.port}.items())
        self.start()

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    def start(self) -> None:
        self._run("pg_ctl", "start", "-w", "-D", str(self.data), "-l", str(self.log))

    def stop(self, mode: str = "fast") -> None:
        self._run("pg_ctl", "stop", "-w", "-D", str(self.data), "-m", mode)

    def close(self) -> None:
        self.stop("immediate")
        shutil.rmtree(self.home)

    def address(self, database: str, user: str = OWNER, port: int | None = None) -> str:
        return f"postgresql://{user}@127.0.0.1:{port or self.port}/{database}"

    def new_database(self) -> str:
        """The name of a fresh database."""
        name = f"hall_{next(self._names)}"
        self.order(f"CREATE DATABASE {name} TEMPLATE template0")
        return name

    def keep(self, database: str) -> None:
        """Remembers the rows of a database for `put_back`."""
        self._kept[database] = tables = self._tables(database)
        copied = [f'CREATE TABLE kept."{table}" AS TABLE public."{table}"' for table in tables]
        self.order("; ".join(["CREATE SCHEMA kept", *copied]), database)

    def put_back(self, database: str) -> None:
        """Gives a database the kept rows again: a hundred times quicker than to copy it."""
        tables = self._kept[database]
        away = [f'DELETE FROM public."{table}"' for table in tables]
        back = [f'INSERT INTO public."{table}" TABLE kept."{table}"' for table in tables]
        no_triggers = "SET LOCAL session_replication_role = replica"
        self.order("; ".join(["BEGIN", no_triggers, *away, *back, "COMMIT"]), database)

    def _tables(self, database: str) -> list[str]:
        found = self.order("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", database)
        return [name for (name,) in found]

    def order(self, statement: str, database: str = "postgres") -> list[Any]:
        """One statement as the server's owner, outside of any transaction; the rows it gave."""
        with self.connected(database) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def connected(self, database: str) -> Iterator[psycopg.Connection[Any]]:
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            yield connection

    def _run(self, program: str, *arguments: str) -> None:
        as_owner = ["runuser", "-u", OWNER, "--"] if os.getuid() == 0 else []
        done = subprocess.run(
            [*as_owner, str(self._bin / program), *arguments], capture_output=True, text=True, timeout=60, cwd="/"
        )
        assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"
