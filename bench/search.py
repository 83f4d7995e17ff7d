"""Times finding an item with each key, against LIKE on the same file: python -m bench.search."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter

from sqlalchemy import Connection

from clerk.contract.item import Item
from clerk.rules.finding import full_pinyin, initials
from storage import catalogue, items
from storage.store import Store
from tests.support.storage import KEY

ITEMS = 7_000
SEARCHES = 600
HITS = 20
LIMIT_MS = 5.0
"""What a keystroke may cost before somebody notices, with room for the screen."""

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
    """Milliseconds of one search."""
    began = perf_counter()
    catalogue.search(conn, text, HITS)
    return (perf_counter() - began) * 1e3


def time_like(conn: Connection, text: str) -> float:
    """Milliseconds of looking through all names, without any order."""
    sql = "SELECT id, name FROM item_entry WHERE name LIKE ? OR initials LIKE ? OR code LIKE ?"
    pattern = f"%{text}%"
    began = perf_counter()
    conn.exec_driver_sql(f"{sql} LIMIT 300", (pattern, pattern, pattern)).all()
    return (perf_counter() - began) * 1e3


def show(name: str, ours: list[float], peer: list[float]) -> None:
    """One line: median and the 99th of a hundred, to the limit and to LIKE."""
    median, tail = quantiles(ours, n=100)[49], quantiles(ours, n=100)[98]
    like = quantiles(peer, n=100)[49]
    print(
        f"{name:<10} p50 {median:5.2f} ms  p99 {tail:5.2f} ms  p99 to {LIMIT_MS:.0f} ms "
        f"{tail / LIMIT_MS:.2f}  LIKE p50 {like:5.2f} ms  ratio {median / like:.2f}"
    )


def main() -> None:
    """Print a line for each way of typing."""
    chance = Random(3)
    made = [make_item(place, chance) for place in range(ITEMS)]
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "desk.db", KEY)
        began = perf_counter()
        with store.begin() as conn:
            items.upsert(conn, made)
        print(f"(indexing {ITEMS} items {perf_counter() - began:.2f} s)")
        with store.read() as conn:
            for name, texts in keystrokes(made, chance).items():
                ours = [time_search(conn, text) for text in texts]
                show(name, ours, [time_like(conn, text) for text in texts])
        store.close()


if __name__ == "__main__":
    main()
