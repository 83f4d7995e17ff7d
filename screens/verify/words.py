"""What was found of a licence, in words."""

from __future__ import annotations

from clerk.contract.licence import Renewal
from clerk.contract.verification import PaperState, SealState, Verified
from clerk.locale import _, mark
from screens.lights import name_moment
from screens.renewed import tell_renewal
from screens.words import word
from services.verification import FileFound, Finding, Verdict

TONES = {
    Verdict.GENUINE: "good",
    Verdict.NOT_VALID: "odd",
    Verdict.UNDECIDED: "odd",
    Verdict.FORGED: "bad",
}
_VERDICTS = {
    Verdict.GENUINE: mark("Genuine, and valid today"),
    Verdict.NOT_VALID: mark("Genuine, but it does not hold today"),
    Verdict.UNDECIDED: mark("The file holds together, but central has not confirmed it"),
    Verdict.FORGED: mark("Not genuine: do not rely on it"),
}
_FAULTS = {
    "altered": mark("The file was changed after it was sealed."),
    "added": mark(
        "Something was added after the seal, such as a page: it does not cover the whole."
    ),
    "signature": mark("The seal was not made with the key that it names."),
    "unreadable": mark("The seal cannot be read."),
    "several": mark("There is more than one seal, where a licence has one."),
}
_SEALS = {
    SealState.IN_USE: mark("{office}, its seal in use"),
    SealState.RETIRED: mark("{office}, a seal of before"),
    SealState.LOST: mark("{office}, whose key was lost"),
    SealState.UNKNOWN: mark("nobody whom central knows"),
}
_PAPERS = {
    PaperState.CURRENT: mark("the paper that is in force"),
    PaperState.VOID: mark("a paper that holds no more: another took its place, or none did"),
    PaperState.UNKNOWN: mark("no paper that central has sealed"),
}


def name_verdict(finding: Finding) -> str:
    """What it comes to, in one line."""
    return _(_VERDICTS[finding.verdict])


def tell_finding(finding: Finding) -> str:
    """All that was found, line by line."""
    lines = _tell_file(finding.file) if finding.file else []
    if finding.licence:
        lines += ([""] if lines else []) + _tell_licence(finding.licence)
    return "\n".join(lines)


def _tell_file(file: FileFound) -> list[str]:
    lines = [_(_FAULTS[one]) for one in file.faults]
    if not file.faults:
        lines.append(_("The signature is right and covers the whole file."))
    if file.signed_at is not None:
        text = _("Sealed {moment}, by its own clock")
        lines.append(text.format(moment=name_moment(file.signed_at)))
    if file.known is None:
        if not file.faults:
            lines.append(
                _(
                    "Central could not be asked whose seal it is: {office}, by its own words."
                ).format(office=file.office)
            )
        return lines
    sealed_by = _(_SEALS[file.known.seal]).format(office=file.known.office)
    lines.append(_("Sealed by: {office}").format(office=sealed_by))
    lines.append(_("To central it is {paper}.").format(paper=_(_PAPERS[file.known.paper])))
    return lines


def _tell_licence(licence: Verified) -> list[str]:
    until = licence.valid_until.isoformat() if licence.valid_until else _("without end")
    renewal = []
    if licence.renewal is not Renewal.NONE:
        renewal.append(tell_renewal(licence.renewal, licence.office, licence.renewal_on))
    return [
        _("Licence: {name}  {number}").format(name=licence.name, number=licence.number),
        _("Holder: {name}").format(name=licence.holder),
        _("Issued by: {office}, {day}").format(office=licence.office, day=licence.issued_on),
        _("Valid until: {day}").format(day=until),
        _("Status on {day}: {status}").format(day=licence.as_of, status=word(licence.status)),
        *renewal,
    ]
