"""Loads and lookups of a city's registers: python -m bench registers.

A load is measured against the driver's own way from the same file (COPY, executemany), a lookup
through HTTP against the bare query from the same process. `CLERK_BENCH_PEOPLE` is how many
people there are, 100,000 unless told; a large city has 4,000,000. There is one organisation for
every eight people. On a shared machine believe the ratios.
"""

from __future__ import annotations

import csv
import os
import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

import msgspec
import psycopg
from stdnum.cn import ric, uscc

from bench._memory import peak_mib
from bench.central_stack import Requests, _load, _make_desk, _request, _url, postgres
from central.db.engine import open_database
from central.imports.loading import Load
from central.imports.registers import ORGANISATIONS, PEOPLE
from central.running import running
from central.service import Central
from clerk.clock import SettableClock
from clerk.contract.identity import IdKind
from clerk.contract.session import LookUp, Purpose
from tests.support.cases import CLERK, MONDAY
from tests.support.central import furnish

COUNT = int(os.environ.get("CLERK_BENCH_PEOPLE", "100000"))
CONNECTIONS = 8
ASKED = 2000
"""How many different people each connection asks for, again and again."""
PEOPLE_HEADER = ("id_number", "name", "sex", "birth_date", "address", "phone")
BODY_HEADER = ("uscc", "name", "kind", "representative_name", "address", "phone", "status")
REGIONS = tuple(f"{province}0{city}02" for province in range(31, 38) for city in range(1, 10))
PER_DAY = 600
RAW_TABLE = (
    "create table raw_people (id_number text primary key, name text, sex text,"
    " birth_date text, address text, phone text)"
)
Ask = Callable[[str], object]


def main() -> None:
    """Both databases, one after the other."""
    with tempfile.TemporaryDirectory() as folder, postgres(Path(folder)) as server:
        files = [Path(folder) / f"{name}.csv" for name in ("people", "organisations", "tenth")]
        numbers = _write(*files)
        print(f"{COUNT} people, {COUNT // 8} organisations", flush=True)
        for kind in ("sqlite", "postgresql"):
            url = _url(kind, Path(folder), server, "registers")
            raw = _load_raw(kind, url, files[0])
            _tell(f"{kind:11} people, the driver alone", raw, raw)
            _measure_central(kind, url, files, numbers, raw)


def _measure_central(
    kind: str, url: str, files: list[Path], numbers: list[str], raw: float
) -> None:
    central = Central(open_database(url), SettableClock(MONDAY))
    central.init()
    central.database.commit(furnish)
    for name, register, path, count in (
        ("people", PEOPLE, files[0], COUNT),
        ("a tenth of them once more", PEOPLE, files[2], COUNT // 10),
        ("organisations", ORGANISATIONS, files[1], COUNT // 8),
    ):
        began = perf_counter()
        loading: Load[Any] = Load(central.database, register, source="bench")
        report = loading.run(path, MONDAY, "bench", lambda _: None)
        assert report.read == count
        assert not report.refused_count, report.refused[:3]
        _tell(f"{kind:11} {name} loaded", count / (perf_counter() - began), raw)
    peak_mb = peak_mib()
    print(f"{kind:11} most memory of this process so far: {peak_mb:.0f} MB", flush=True)
    _measure_lookups(kind, url, central, numbers)
    central.close()


def _measure_lookups(kind: str, url: str, central: Central, numbers: list[str]) -> None:
    """Each look is on record before its answer: so a query with one committed row stands by."""
    raw, recorded = (_asks(kind, url, records=records) for records in (False, True))
    bare = _ask_many(raw, numbers)
    _tell(f"{kind:11} bare query by number", bare, bare)
    _tell(f"{kind:11} bare query, one row committed", _ask_many(recorded, numbers), bare)
    with running(central) as address:
        desk = _make_desk(central, address, SettableClock(MONDAY))
        desk.sign_in(CLERK.login)
        requests = _requests(numbers, desk.headers())
        rate, p99 = _load(address, requests)
        _tell(f"{kind:11} lookup over HTTP, {CONNECTIONS} at once", rate, bare)
        print(f"{kind:11} its p99: {p99:.1f} ms", flush=True)
        desk.http.close()


def _requests(numbers: list[str], headers: dict[str, str]) -> Requests:
    chance, made = random.Random(1), []
    for _ in range(CONNECTIONS):
        asks = [
            LookUp(id_kind=IdKind.RESIDENT, id_number=one, purpose=Purpose.DRAFT, subject="d")
            for one in chance.choices(numbers, k=ASKED)
        ]
        made.append([_request("/lookups", msgspec.json.encode(ask), headers) for ask in asks])
    return made


def _ask_many(ask: Ask, numbers: list[str]) -> float:
    chosen = random.Random(2).choices(numbers, k=ASKED)
    began = perf_counter()
    for one in chosen:
        assert ask(one) is not None
    return ASKED / (perf_counter() - began)


def _asks(kind: str, url: str, *, records: bool) -> Ask:
    """The query by number through the driver; with `records` a row is committed for each."""
    if kind == "sqlite":
        file = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        file.execute("pragma synchronous=full")
        file.execute("create table if not exists raw_looks (number text)")

        def ask_file(number: str) -> object:
            if records:
                file.execute("insert into raw_looks values (?)", (number,))
            return file.execute("select * from people where id_number = ?", (number,)).fetchone()

        return ask_file
    server = psycopg.connect(url, autocommit=True)
    server.execute("create table if not exists raw_looks (number text)")

    def ask_server(number: str) -> object:
        if records:
            server.execute("insert into raw_looks values (%s)", (number,))
        return server.execute("select * from people where id_number = %s", (number,)).fetchone()

    return ask_server


def _load_raw(kind: str, url: str, path: Path) -> float:
    """The file's rows as they are, into a table with the same key, in one transaction."""
    began = perf_counter()
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        if kind == "sqlite":
            with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
                connection.execute(RAW_TABLE)
                connection.executemany("insert into raw_people values (?,?,?,?,?,?)", rows)
            connection.close()
        else:
            with psycopg.connect(url) as server:
                server.execute(RAW_TABLE)
                with server.cursor().copy("copy raw_people from stdin") as copy:
                    for row in rows:
                        copy.write_row(row)
    return COUNT / (perf_counter() - began)


def _write(people: Path, bodies: Path, tenth: Path) -> list[str]:
    """The three files; some of the numbers in the first."""
    numbers: list[str] = []
    with people.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(PEOPLE_HEADER)
        for place, (number, born) in enumerate(_numbers()):
            sex = "男" if int(number[16]) % 2 else "女"
            row = (f"测{place % 977:03d}", sex, f"{born:%Y%m%d}", f"某市某路{place % 9999}号")
            writer.writerow((number, *row, f"154{place % 10**8:08d}"))
            if not place % max(1, COUNT // 20_000):
                numbers.append(number)
    with people.open(encoding="utf-8") as whole, tenth.open("w", encoding="utf-8") as file:
        file.writelines(islice(whole, COUNT // 10 + 1))
    with bodies.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(BODY_HEADER)
        for place in range(COUNT // 8):
            code = f"91{REGIONS[place % len(REGIONS)]}{place:09d}"
            told = (f"某市{place}号有限公司", "有限责任公司", "某甲", "某市某路1号", "", "存续")
            writer.writerow((code + uscc.calc_check_digit(code), *told))
    return numbers


def _numbers() -> Iterator[tuple[str, date]]:
    """As many different resident numbers, with correct check digits, and the birth dates."""
    for place in range(COUNT):
        day, sequence = divmod(place, PER_DAY)
        years, region = divmod(day, len(REGIONS))
        born = date(1940, 1, 1) + timedelta(days=years)
        digits = f"{REGIONS[region]}{born:%Y%m%d}{sequence:03d}"
        yield digits + ric.calc_check_digit(digits + "0"), born


def _tell(name: str, rate: float, base: float) -> None:
    print(f"{name:46} {rate:9.0f}/s {rate / base:6.3f}", flush=True)


if __name__ == "__main__":
    main()
