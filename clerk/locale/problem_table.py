"""Every problem code with its three sentences: what happened, what is safe, what to do.

The sentences are marked in `problem_rows` and translated when they are told. A test finds a
code that the program can raise and that has no row, and a row that nobody raises.
"""

from __future__ import annotations

from clerk.locale.problem_rows.bundles import BUNDLES
from clerk.locale.problem_rows.cases import CASES
from clerk.locale.problem_rows.corrections import CORRECTIONS
from clerk.locale.problem_rows.custody import CUSTODY
from clerk.locale.problem_rows.files import FILES
from clerk.locale.problem_rows.flows import FLOWS
from clerk.locale.problem_rows.identifiers import IDENTIFIERS
from clerk.locale.problem_rows.intake import INTAKE
from clerk.locale.problem_rows.journal import JOURNAL
from clerk.locale.problem_rows.licences import LICENCES
from clerk.locale.problem_rows.line import LINE
from clerk.locale.problem_rows.losses import LOSSES
from clerk.locale.problem_rows.matters import MATTERS
from clerk.locale.problem_rows.packages import PACKAGES
from clerk.locale.problem_rows.proposals import PROPOSALS
from clerk.locale.problem_rows.ratings import RATINGS
from clerk.locale.problem_rows.registers import REGISTERS
from clerk.locale.problem_rows.rows import ROWS
from clerk.locale.problem_rows.scans import SCANS
from clerk.locale.problem_rows.schedules import SCHEDULES
from clerk.locale.problem_rows.sentences import Row
from clerk.locale.problem_rows.store import STORE
from clerk.locale.problem_rows.supervision import SUPERVISION
from clerk.locale.problem_rows.templates import TEMPLATES

PROBLEMS: dict[str, Row] = {
    **CASES,
    **BUNDLES,
    **PROPOSALS,
    **CORRECTIONS,
    **CUSTODY,
    **INTAKE,
    **JOURNAL,
    **LICENCES,
    **LINE,
    **LOSSES,
    **MATTERS,
    **STORE,
    **FILES,
    **FLOWS,
    **ROWS,
    **IDENTIFIERS,
    **SCANS,
    **SCHEDULES,
    **SUPERVISION,
    **PACKAGES,
    **REGISTERS,
    **RATINGS,
    **TEMPLATES,
}
