"""Times finding with each key: python -m bench.search.

First what is found: 7,000 items and 100,000 cases, each against LIKE on the same file, for every
text that stands in the box while somebody types, by processor time, for a search waits for nothing
else and others may use the machine. Then the box itself: the real program on a
pseudo-terminal of 80 by 24, from a key until the last frame that it draws; a key is given when the
one before has been quiet for a while, which is before the box's cursor blinks.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter, process_time

from sqlalchemy import Connection

from bench._pty import Terminal
from bench._seat import make_seat, number_of, open_seat, sign_in
from clerk.contract.item import Item
from clerk.rules.finding import full_pinyin, initials
from clerk.rules.name_sound import sounds_of
from clerk.rules.numbers import spaced
from storage import case_search, cases, catalogue, items
from storage.store import Store
from tests.support.cases import MONDAY
from tests.support.people import people
from tests.support.storage import make_record
from tests.support.work_calendar import REAL_CALENDAR

ITEMS = 7_000
SEARCHES = 600
HITS = 20
ITEMS_MS, CASES_MS, FRAME_MS = 5.0, 10.0, 30.0
"""What a keystroke may cost before somebody notices, to results and on the screen."""

CASES, WALKS = 100_000, 12
PEOPLE = people(seed=11, count=5_000)
_BATCH = 10_000
_FIND, _EMPTY, _QUIET_S = "\x1f", "\x15", 0.2

SUBJECTS = (
    *("食品", "药品", "医疗器械", "建筑工程", "消防设施", "道路运输"),
    *("出版物", "烟草", "危险化学品", "特种设备"),
)
OBJECTS = (
    *("经营", "生产", "批发", "零售", "安装", "检验", "施工"),
    *("使用", "广告", "进口", "储存", "运输", "设计", "监理"),
)
ACTS = ["许可", "审批", "备案", "登记", "变更", "注销", "延续", "补发", "核发", "换证", "年检"]
PLACES = ["市", "区", "县", "园区", "乡镇", "街道"]
MARKS = ["", "（首次）", "（变更）", "（延续）", "证"]


def make_item(place: int, chance: Random) -> Item:
    """An item with a name like those of a real catalogue."""
    words = [chance.choice(words) for words in (PLACES, SUBJECTS, OBJECTS, OBJECTS, ACTS, MARKS)]
    name = "".join(words)
    return Item(
        id=f"item-{place}",
        version=1,
        name=name,
        code=f"6201{place:08}",
        department="d",
        department_name="某局",
        initials=initials(name),
        pinyin=full_pinyin(name),
    )


def keystrokes(made: list[Item], chance: Random) -> dict[str, list[str]]:
    """Every text that stands in the field while somebody types what they look for."""
    typed: dict[str, list[str]] = {"Chinese": [], "initials": [], "pinyin": [], "code": []}
    for _ in range(SEARCHES // 4):
        item = chance.choice(made)
        start = chance.randrange(len(item.name) - 2)
        for name, whole in {
            "Chinese": item.name[start:],
            "initials": item.initials[start:],
            "pinyin": "".join(item.pinyin.split()[start:]),
            "code": item.code,
        }.items():
            typed[name] += [whole[:length] for length in range(1, 6)]
    return typed


def time_search(conn: Connection, text: str) -> float:
    """Milliseconds of the processor for one search."""
    began = process_time()
    catalogue.search(conn, text, HITS)
    return (process_time() - began) * 1e3


def time_like(conn: Connection, text: str) -> float:
    """Milliseconds of looking through all names, without any order."""
    sql = "SELECT id, name FROM item_entry WHERE name LIKE ? OR initials LIKE ? OR code LIKE ?"
    pattern = f"%{text}%"
    began = process_time()
    conn.exec_driver_sql(f"{sql} LIMIT 300", (pattern, pattern, pattern)).all()
    return (process_time() - began) * 1e3


def show(name: str, ours: list[float], peer: list[float], limit_ms: float) -> None:
    """One line: median and tail, to the limit and to LIKE."""
    cuts, like = quantiles(ours, n=100), quantiles(peer, n=100)[49]
    print(
        f"{name:<18} p50 {cuts[49]:5.2f} ms  p95 {cuts[94]:5.2f} ms  p99 {cuts[98]:5.2f} ms  "
        f"p95 to {limit_ms:.0f} ms {cuts[94] / limit_ms:.2f}  LIKE p50 {like:5.2f} ms  "
        f"ratio {cuts[49] / like:.2f}",
        flush=True,
    )


def typed_of_cases(chance: Random) -> dict[str, list[str]]:
    """What stands in the box while somebody looks for a case."""
    typed: dict[str, list[str]] = {"name": [], "initials": [], "pinyin": [], "number": []}
    for _ in range(SEARCHES // 4):
        person, number = chance.choice(PEOPLE), number_of(chance.randrange(CASES))
        sound = sounds_of(person.name)[0]
        for kind, whole in {
            "name": person.name,
            "initials": sound.initials,
            "pinyin": "".join(sound.syllables),
            "number": number,
        }.items():
            typed[kind] += [whole[:length] for length in range(1, min(len(whole), 12) + 1)]
    return typed


def time_cases(conn: Connection, text: str) -> float:
    """Milliseconds of the processor for one search among cases."""
    began = process_time()
    if text.isdecimal():
        case_search.by_number(conn, text, HITS)
    else:
        case_search.by_name(conn, text, HITS)
    return (process_time() - began) * 1e3


def time_like_cases(conn: Connection, text: str) -> float:
    """Milliseconds of looking through all heads, without sounds and without any order."""
    sql = "SELECT id FROM case_head WHERE applicant_name LIKE ? OR number LIKE ? LIMIT 300"
    began = process_time()
    conn.exec_driver_sql(sql, (f"%{text}%", f"{text}%")).all()
    return (process_time() - began) * 1e3


def fill(store: Store, made: list[Item]) -> None:
    """Items and cases as a feed would bring them."""
    began = perf_counter()
    with store.begin() as conn:
        items.upsert(conn, made)
    print(f"(indexing {ITEMS} items {perf_counter() - began:.2f} s)")
    began = perf_counter()
    for start in range(0, CASES, _BATCH):
        records = [
            make_record(place, name=PEOPLE[place % len(PEOPLE)].name)
            for place in range(start, min(start + _BATCH, CASES))
        ]
        with store.begin() as conn:
            cases.upsert(conn, records, REAL_CALENDAR, MONDAY)
    print(f"(making and indexing {CASES} cases {perf_counter() - began:.0f} s)", flush=True)


def bench_store(store: Store, made: list[Item]) -> None:
    """What is found, kind by kind."""
    chance = Random(3)
    with store.read() as conn:
        for name, texts in keystrokes(made, chance).items():
            ours = [time_search(conn, text) for text in texts]
            show(f"items, {name}", ours, [time_like(conn, text) for text in texts], ITEMS_MS)
        for name, texts in typed_of_cases(chance).items():
            ours = [time_cases(conn, text) for text in texts]
            peer = [time_like_cases(conn, text) for text in texts[:100]]
            show(f"cases, {name}", ours, peer, CASES_MS)


def bench_screen(environment: dict[str, str], made: list[Item]) -> None:
    """From a key to the last frame that it brings."""
    chance = Random(5)
    terminal = Terminal([sys.executable, "-m", "clerk"], environment)
    try:
        sign_in(terminal, spaced(number_of(0)), rest_s=2.0)
        terminal.press(_FIND)
        terminal.rest(1.0)
        times = [took for text in _walks(made, chance) for took in _type(terminal, text)]
    finally:
        terminal.close()
    cuts = quantiles(times, n=100)
    print(f"key to its last frame, {len(times)} keys  p50 {cuts[49]:.1f} ms", end="")
    print(
        f"  p95 {cuts[94]:.1f} ms  p95 to {FRAME_MS:.0f} ms {cuts[94] / FRAME_MS:.2f}", flush=True
    )


def _walks(made: list[Item], chance: Random) -> list[str]:
    """What a person types: sounds of items and of people, and numbers."""
    found = []
    for _ in range(WALKS):
        item, person = chance.choice(made), chance.choice(PEOPLE)
        found += [item.initials[:6], "".join(sounds_of(person.name)[0].syllables)[:8]]
        found.append(number_of(chance.randrange(CASES))[:10])
    return found


def _type(terminal: Terminal, text: str) -> Iterator[float]:
    for character in text:
        pressed = terminal.press(character)
        yield (terminal.wait_for_quiet(_QUIET_S) - pressed) * 1e3
    terminal.press(_EMPTY)
    terminal.rest(_QUIET_S)


def main() -> None:
    """Print a line for each way of typing, and one for the box."""
    chance = Random(3)
    made = [make_item(place, chance) for place in range(ITEMS)]
    with tempfile.TemporaryDirectory() as name:
        environment = make_seat(Path(name), 0)
        store = open_seat(Path(name))
        fill(store, made)
        bench_store(store, made)
        store.close()
        bench_screen(environment, made)


if __name__ == "__main__":
    main()
