"""Seals for tests: a key that is made once, and licences to seal."""

from __future__ import annotations

import functools
from datetime import date, timedelta

from central.db.engine import Connection, Database
from central.db.seals import Seal
from central.seals.keeping import Doing, install_pair
from central.seals.making import KeyPair, make_pair
from exports.papers.licences import CREDIT_CODE, LicenceLine, LicencePaper
from tests.support.cases import MONDAY

PASSPHRASE = "a passphrase for seals"
OFFICE = "市市场监督管理局"


@functools.cache
def a_pair(name: str = OFFICE) -> KeyPair:
    """A key with its certificate, in force since a month before the tests' Monday."""
    return make_pair(name, MONDAY - timedelta(days=30), years=10)


def put_seal(connection: Connection, department: str = "market") -> Seal:
    """Let a department seal."""
    doing = Doing(department, MONDAY, "tester")
    return install_pair(connection, a_pair(), PASSPHRASE.encode(), doing)


def install(database: Database, department: str = "market") -> Seal:
    """Let a department seal, in a transaction of its own."""
    return database.commit(lambda connection: put_seal(connection, department))


def a_licence() -> LicencePaper:
    """A licence as it is printed."""
    return LicencePaper(
        centre="政务服务中心",
        title="食品经营许可证",
        number="JY202600000012",
        holder="甲乙丙食品有限公司",
        holder_label=CREDIT_CODE,
        holder_number="91620100MA71234567",
        lines=(LicenceLine("经营场所", "人民路一百二十三号"), LicenceLine("主体业态", "餐饮")),
        office=OFFICE,
        issued_on=date(2026, 6, 1),
        dated=date(2026, 6, 1),
        valid_until=date(2031, 5, 31),
        code="K7QM2W4T",
    )
