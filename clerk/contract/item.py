"""Service items: what the city does for people, as versioned data (实施清单).

A case keeps to the version it was received under, so nothing here changes in place.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from clerk.contract.limits import Limit


class Necessity(StrEnum):
    """Whether a material must be there (必要, 非必要, 容缺后补)."""

    REQUIRED = "required"
    OPTIONAL = "optional"


class MaterialSource(StrEnum):
    """Who makes the material (来源渠道)."""

    APPLICANT = "applicant"
    GOVERNMENT = "government"
    INTERMEDIARY = "intermediary"
    OTHER = "other"


class MaterialKind(StrEnum):
    """What sort of paper a material is (材料类型)."""

    FORM = "form"
    CERTIFICATE = "certificate"
    APPROVAL = "approval"
    REPORT = "report"
    DRAWING = "drawing"
    CONTRACT = "contract"
    STATEMENT = "statement"
    OTHER = "other"


class Condition(msgspec.Struct, frozen=True):
    """True where the situation's answer is one of the options (情形)."""

    situation: str
    options: tuple[str, ...]


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """One paper that an item may demand (行政许可法 Art. 31: nothing beyond these).

    `key` is unique within the item's version. `shared` names a shared material (共性材料):
    two items with the same name there ask for it once. `replaced_by` names types of licences
    that stand for it, or facts of registers as `REGISTER:FACT` (clerk.rules.exemption).
    """

    key: str
    name: str
    kind: MaterialKind = MaterialKind.OTHER
    shared: str = ""
    necessity: Necessity = Necessity.REQUIRED
    originals: int = 0
    copies: int = 0
    medium: str = ""
    source: MaterialSource = MaterialSource.APPLICANT
    source_note: str = ""
    when: tuple[Condition, ...] = ()
    replaced_by: tuple[str, ...] = ()
    deferrable_days: int = 0
    declarable: bool = False
    basis: str = ""
    note: str = ""


class Option(msgspec.Struct, frozen=True):
    """One answer to a situation, or one value of a choice field."""

    key: str
    label: str


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """A question whose answer decides which materials apply (情形)."""

    key: str
    question: str
    options: tuple[Option, ...]
    when: tuple[Condition, ...] = ()


class FieldKind(StrEnum):
    """How a form field is typed and checked."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    PHONE = "phone"
    ADDRESS = "address"
    MONEY = "money"
    IDENTIFIER = "identifier"


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One field of the application form. Items with the same `shared` word type it once.

    `prefill` names a fact of the applicant's card, such as `person.address`.
    """

    key: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    shared: str = ""
    required: bool = True
    options: tuple[Option, ...] = ()
    when: tuple[Condition, ...] = ()
    prefill: str = ""
    max_length: int = 200
    note: str = ""


class Act(StrEnum):
    """What a step of the flow does (承办, 审核, 批准)."""

    HANDLE = "handle"
    REVIEW = "review"
    APPROVE = "approve"


class JointRule(StrEnum):
    """How many of the countersigning departments must consent (会签, 联审)."""

    ALL = "all"
    ANY = "any"
    QUORUM = "quorum"


class Silence(StrEnum):
    """What it counts as that a department said nothing within its limit."""

    CONSENT = "consent"
    OBJECTION = "objection"


class Signer(msgspec.Struct, frozen=True):
    """A countersigning department, under the name it had when the flow was published."""

    department: str
    name: str = ""


class Joint(msgspec.Struct, frozen=True, kw_only=True):
    """The countersigning departments of a joint step; the step's own department leads.

    `limit` is each one's time to speak, from when the case came to the step.
    """

    signers: tuple[Signer, ...]
    rule: JointRule = JointRule.ALL
    quorum: int = 0
    limit: Limit = Limit(5)
    silence: Silence = Silence.CONSENT


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step of an item's flow. An empty department is the item's own.

    `at_window`: the window that took the case in may do it too, on the spot (即办). `lower`: a
    lower body's review comes first, within twenty days unless `limit` says otherwise (Art. 43).
    """

    key: str
    name: str
    act: Act
    department: str = ""
    limit: Limit | None = None
    may_send_back: bool = True
    may_decide: bool = False
    joint: Joint | None = None
    at_window: bool = False
    lower: bool = False


class ResultKind(StrEnum):
    """What the applicant is given in the end."""

    LICENCE = "licence"
    DOCUMENT = "document"
    NOTHING = "nothing"


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a granted case; a licence goes into the licence library.

    `valid_months` 0 is without end. `produced` tells that the department makes a paper
    first (制证); otherwise the result is at the window at once.
    """

    kind: ResultKind = ResultKind.NOTHING
    name: str = ""
    licence_type: str = ""
    valid_months: int = 0
    produced: bool = False


class Audience(StrEnum):
    """Who may apply (办理对象)."""

    PERSON = "person"
    ORGANISATION = "organisation"
    BOTH = "both"


class LegalBasis(msgspec.Struct, frozen=True):
    """A law with its article (设定依据)."""

    law: str
    article: str = ""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a service item, complete.

    `id` is the code where there is one, else made of source, department and name.
    `code` is kept verbatim, odd or not. `content` is a hash of all but `version`.
    """

    id: str
    version: int
    name: str
    department: str
    department_name: str
    code: str = ""
    source: str = ""
    region: str = ""
    type_name: str = ""
    theme: str = ""
    audience: Audience = Audience.BOTH
    statutory: Limit = Limit(20)
    promised: Limit | None = None
    joint: bool = False
    legal_basis: tuple[LegalBasis, ...] = ()
    conditions: str = ""
    fee: str = ""
    fee_basis: str = ""
    situations: tuple[Situation, ...] = ()
    materials: tuple[Material, ...] = ()
    fields: tuple[Field, ...] = ()
    flow: tuple[Step, ...] = ()
    result: Result = Result()
    pause_counts_for_promised: bool = True
    second_supplement: bool = False
    retired: bool = False
    initials: str = ""
    pinyin: str = ""


class Department(msgspec.Struct, frozen=True, kw_only=True):
    """A department, or a body that an imported item names (部门)."""

    id: str
    name: str
    short_name: str = ""
    version: int = 1


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """A window of the service centre; its number stands in every case number (窗口).

    `recording` is the template of a link to its video (clerk.rules.supervision.recording).
    """

    id: str
    number: int
    name: str
    centre: str
    version: int = 1
    recording: str = ""


class BundleNode(msgspec.Struct, frozen=True, kw_only=True):
    """An item in a bundle, and the items that it truly waits for.

    `name` is the item's when the bundle was published.
    """

    item: str
    stage: str
    main: bool
    after: tuple[str, ...] = ()
    name: str = ""


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """Items with an order between them (一件事, 并联审批).

    From `withdrawn_at` on no application begins, until `offered_at` where that is set.
    """

    id: str
    version: int
    name: str
    lead_department: str
    stages: tuple[Option, ...]
    nodes: tuple[BundleNode, ...]
    legal_basis: tuple[LegalBasis, ...] = ()
    initials: str = ""
    pinyin: str = ""
    withdrawn_at: datetime | None = None
    offered_at: datetime | None = None
