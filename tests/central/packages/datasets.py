"""Datasets for tests, and how they come to hold."""

from __future__ import annotations

from pathlib import Path

import msgspec

from central.db import offices, packages
from central.db.engine import Connection
from central.packages.definition import read_definitions
from central.service import Central

TOML = """
[[datasets]]
name = "licences"
title = "证照"
owner = "market"
purpose = "核验证照"
source = "licences"

[[datasets.subscribers]]
id = "tax"
title = "税务局"
purpose = "核定税种"
agreement = "数据共享协议 2026-11"
whole = ["holder_number", "number"]
left_out = ["holder_name"]

[[datasets.subscribers]]
id = "culture"
title = "文旅局"
purpose = "统计"
agreement = "数据共享协议 2026-12"
until = 2026-12-31
masked = ["issuer"]

[[datasets]]
name = "cases"
title = "办件"
owner = "market"
purpose = "效能分析"
source = "cases"
fields = ["number", "item", "item_name", "department", "stage", "received_on", "applicant_number"]
select = { departments = ["market"] }

[[datasets.subscribers]]
id = "tax"
title = "税务局"
purpose = "效能分析"
agreement = "数据共享协议 2026-13"

[[datasets]]
name = "items"
title = "事项"
owner = "market"
purpose = "公开"
source = "items"
subscribers = [{ id = "tax", title = "税务局", purpose = "查阅", agreement = "公开" }]

[[datasets]]
name = "statistics"
title = "月度统计"
owner = "market"
purpose = "公开"
source = "statistics"
subscribers = [{ id = "tax", title = "税务局", purpose = "查阅", agreement = "公开" }]
"""


def define(central: Central, folder: Path, text: str = TOML) -> None:
    path = folder / "datasets.toml"
    path.write_text(text, "utf-8")

    def act(connection: Connection) -> None:
        owners = {one.id for one in offices.list_departments(connection)}
        for one in read_definitions(path, owners):
            body = msgspec.json.encode(one)
            packages.put_dataset(connection, one.name, one.owner, body, central.clock.now())

    central.database.commit(act)
