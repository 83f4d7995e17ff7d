"""The table of all calls: what serves, routes and the description of the interface come from it."""

from __future__ import annotations

from central import releases
from central.http import (
    administration_calls,
    blob_calls,
    handlers,
    package_calls,
    register_calls,
    verify_calls,
)
from central.http.endpoint import OF_DESK, OF_PERSON, SMALL_BYTES, Endpoint
from central.http.rating_endpoints import RATING
from central.http.report_endpoints import REPORT_ENDPOINTS
from central.http.watching_endpoints import WATCHING
from central.packages.pulling import Listing
from central.sync.bootstrap import AskBootstrap
from clerk.contract.administration import Overview
from clerk.contract.case import CaseRecord
from clerk.contract.finding import FindCases, FoundCases
from clerk.contract.progress import AskProgress, Progress
from clerk.contract.project import FindProjects, Project, Projects
from clerk.contract.register import AskRegister, RegisterAnswer
from clerk.contract.scan import BLOB_CHUNK_MOST_BYTES
from clerk.contract.sealed import HandedOver, Sealed
from clerk.contract.session import ApplicantCard, LookUp, Ready, ReadyQuery, SignedIn, SignIn
from clerk.contract.sync import (
    COMMAND_MOST_BYTES,
    BootstrapPage,
    Digest,
    Enrol,
    Enrolled,
    Hello,
    Mismatch,
    Page,
    Push,
    Pushed,
    Welcome,
)
from clerk.contract.verification import AskVerified, Verified, VerifiedPaper

PUSH_BYTES = COMMAND_MOST_BYTES + SMALL_BYTES
"""A desk counts its commands; what wraps them comes on top."""

HANDOVER_BYTES = 64 * 1024 * 1024
"""The whole outbox of a desk, with the line down for days."""

_CASE_NUMBER = (
    "case_number.character",
    "case_number.check_digit",
    "case_number.date",
    "case_number.length",
    "case_number.sequence",
    "case_number.window",
)
_PACKAGE = ("package.key_unknown", "package.key_ended", "package.agreement_ended")
_BLOB_IN = (*OF_DESK, "blob.unknown")
_BLOB_WRONG = (
    "blob.hash_wrong",
    "blob.malformed",
    "blob.offset",
    "blob.quota",
    "blob.too_large",
    "blob.type",
    "blobs.unavailable",
)


ENDPOINTS = (
    Endpoint(method="GET", path="/health", gives=handlers.Health, handler=handlers.health),
    Endpoint(
        method="GET",
        path="/ready",
        gives=handlers.Health,
        handler=handlers.ready,
        codes=("database.unavailable", "database.file", "database.not_initialised"),
    ),
    Endpoint(
        method="POST",
        path="/enrol",
        takes=Enrol,
        gives=Enrolled,
        handler=handlers.enrol,
        codes=("enrolment.code_unknown", "enrolment.code_used", "enrolment.key_invalid"),
    ),
    Endpoint(
        method="POST",
        path="/sync/hello",
        takes=Hello,
        gives=Welcome,
        handler=handlers.hello,
        codes=("signature.wrong", "device.unknown", "device.disabled"),
    ),
    Endpoint(
        method="POST",
        path="/sync/push",
        takes=Push,
        gives=Pushed,
        handler=handlers.push,
        codes=(
            *OF_DESK,
            "session.expired",
            "device.mismatch",
            "push.too_many",
            "push.envelope_malformed",
            "calendar.none",
        ),
        most_bytes=PUSH_BYTES,
    ),
    Endpoint(
        method="GET",
        path="/sync/pull",
        gives=Page,
        codes=(*OF_DESK, "pull.cursor_invalid"),
        query=("cursor", "wait"),
    ),
    Endpoint(
        method="POST",
        path="/sync/bootstrap",
        takes=AskBootstrap,
        gives=BootstrapPage,
        handler=handlers.bootstrap,
        codes=(*OF_DESK, "bootstrap.key_unknown"),
    ),
    Endpoint(
        method="POST",
        path="/sync/handover",
        takes=Sealed,
        gives=HandedOver,
        handler=handlers.hand_over,
        codes=("device.unknown", "device.quarantined", "signature.wrong", "outbox.file_unreadable"),
        most_bytes=HANDOVER_BYTES,
    ),
    Endpoint(
        method="GET", path="/sync/digest", gives=Digest, handler=handlers.digest, codes=OF_DESK
    ),
    Endpoint(
        method="POST",
        path="/sync/mismatch",
        takes=Mismatch,
        gives=None,
        handler=handlers.note_mismatch,
        codes=OF_DESK,
    ),
    Endpoint(
        method="POST",
        path="/session",
        takes=SignIn,
        gives=SignedIn,
        handler=handlers.sign_in,
        codes=(
            *OF_DESK,
            "session.wrong_password",
            "session.elsewhere",
            "session.too_many_attempts",
        ),
    ),
    Endpoint(
        method="POST", path="/session/end", gives=None, handler=handlers.sign_out, codes=OF_DESK
    ),
    Endpoint(
        method="POST",
        path="/progress",
        takes=AskProgress,
        gives=Progress,
        handler=handlers.ask_progress,
        codes=("progress.unknown", "session.too_many_attempts", *_CASE_NUMBER),
    ),
    Endpoint(
        method="POST",
        path="/lookups",
        takes=LookUp,
        gives=ApplicantCard,
        handler=handlers.make_lookup,
        codes=(
            *OF_PERSON,
            "applicant.number_invalid",
            "applicant.number_old",
            "lookup.subject_missing",
            "lookup.not_of_case",
            "case.unknown",
            "reason.missing",
        ),
    ),
    Endpoint(
        method="POST",
        path="/lookups/{look}/answers",
        takes=AskRegister,
        gives=RegisterAnswer,
        asking=register_calls.ask_register,
        codes=(
            *OF_PERSON,
            "applicant.number_invalid",
            "applicant.number_old",
            "lookup.unknown",
            "lookup.over",
            "lookup.other_number",
            "case.unknown",
            "register.unknown",
            "register.not_needed",
        ),
    ),
    Endpoint(
        method="POST",
        path="/cases/ready",
        takes=ReadyQuery,
        gives=Ready,
        handler=handlers.list_ready,
        codes=(
            *OF_PERSON,
            "ready.nothing_asked",
            "applicant.number_invalid",
            *_CASE_NUMBER,
        ),
    ),
    Endpoint(
        method="POST",
        path="/cases/find",
        takes=FindCases,
        gives=FoundCases,
        handler=handlers.find_cases,
        codes=(*OF_PERSON, "find.nothing_asked", "applicant.number_invalid", *_CASE_NUMBER),
    ),
    Endpoint(
        method="GET",
        path="/cases/{case_id}",
        gives=CaseRecord,
        handler=handlers.show_case,
        codes=(*OF_PERSON, "case.unknown"),
    ),
    Endpoint(
        method="POST",
        path="/cases/{case_id}/unmask",
        takes=releases.AskUnmask,
        gives=releases.Unmasked,
        handler=handlers.unmask,
        codes=(*OF_PERSON, "case.unknown", "reason.missing"),
    ),
    Endpoint(
        method="HEAD",
        path="/blobs/{sha256}",
        gives=None,
        handler=blob_calls.show_progress,
        codes=_BLOB_IN,
    ),
    Endpoint(
        method="PUT",
        path="/blobs/{sha256}",
        gives=None,
        handler=blob_calls.put_blob,
        codes=(*_BLOB_IN, *_BLOB_WRONG),
        most_bytes=BLOB_CHUNK_MOST_BYTES,
        binary=True,
    ),
    Endpoint(
        method="PATCH",
        path="/blobs/{sha256}",
        gives=None,
        handler=blob_calls.patch_blob,
        codes=(*_BLOB_IN, *_BLOB_WRONG),
        most_bytes=BLOB_CHUNK_MOST_BYTES,
        headers=("Upload-Offset", "Upload-Length"),
        binary=True,
    ),
    Endpoint(
        method="GET",
        path="/blobs/{sha256}",
        gives=bytes,
        handler=blob_calls.get_blob,
        codes=(*OF_PERSON, "blob.unknown", "blob.awaited", "blob.range", "blobs.unavailable"),
        headers=("Range",),
        binary=True,
    ),
    Endpoint(
        method="GET",
        path="/packages",
        gives=Listing,
        handler=package_calls.list_packages,
        codes=_PACKAGE,
    ),
    Endpoint(
        method="GET",
        path="/packages/{dataset}/{version}/{file}",
        gives=bytes,
        handler=package_calls.get_package_file,
        codes=(*_PACKAGE, "package.unknown", "blobs.unavailable"),
        binary=True,
    ),
    Endpoint(
        method="GET",
        path="/verify",
        gives=Verified,
        handler=verify_calls.show_licence,
        codes=("verification.unknown", "verification.too_many"),
        query=("n", "c"),
    ),
    Endpoint(
        method="POST",
        path="/verify",
        takes=AskVerified,
        gives=Verified,
        handler=verify_calls.ask_licence,
        codes=("verification.unknown", "verification.too_many"),
    ),
    Endpoint(
        method="GET",
        path="/verify/papers/{sha256}",
        gives=VerifiedPaper,
        handler=verify_calls.show_paper,
        codes=("verification.unknown", "verification.too_many"),
        query=("seal",),
    ),
    Endpoint(
        method="POST",
        path="/projects/find",
        takes=FindProjects,
        gives=Projects,
        handler=handlers.find_projects,
        codes=(
            *OF_PERSON,
            "project.nothing_asked",
            "applicant.number_invalid",
            "lookup.subject_missing",
            "calendar.none",
            *_CASE_NUMBER,
        ),
    ),
    Endpoint(
        method="GET",
        path="/projects/{project_id}",
        gives=Project,
        handler=handlers.show_project,
        codes=(*OF_PERSON, "project.unknown", "calendar.none"),
    ),
    *REPORT_ENDPOINTS,
    *WATCHING,
    Endpoint(
        method="GET",
        path="/administration",
        gives=Overview,
        handler=administration_calls.show,
        codes=(*OF_PERSON, "session.elsewhere"),
    ),
    *RATING,
)
