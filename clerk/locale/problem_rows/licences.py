"""What keeps a licence catalogue out, what keeps a licence from being sealed or changed."""

from __future__ import annotations

from clerk.locale import mark
from clerk.locale.problem_rows.sentences import KEPT, NOTHING_READ, NOTHING_SENT, UNCHANGED, Row

LICENCES: dict[str, Row] = {
    "licence.being_sealed": (
        mark("The licence {number} is being sealed."),
        mark("It is granted; nothing was handed out."),
        mark(
            "Try again in a moment. If it stays so, the administrator finds out with `seal list`."
        ),
    ),
    "licence.ground": (
        mark("That is no ground for this in Art. 69 or 70."),
        KEPT,
        mark("Choose one of those that are offered."),
    ),
    "licence.none": (
        mark("The case {number} has issued no licence."),
        UNCHANGED,
        mark("Open the case that the licence came from."),
    ),
    "licence.not_out": (
        mark("The licence {number} was not handed out yet."),
        UNCHANGED,
        mark("Until then a mistake in the decision is put right instead."),
    ),
    "licence.not_over": (
        mark("The licence has not run out."),
        KEPT,
        mark("Choose another ground, or wait for its last day."),
    ),
    "licence.renewal_undecided": (
        mark("Its renewal was applied for in time and is not decided yet: case {number}."),
        mark("Until that decision the law counts the licence as renewed (Art. 50)."),
        mark("Decide that case first, or choose another ground."),
    ),
    "licence.not_yours": (
        mark("That is for {department}, which issued the licence."),
        UNCHANGED,
        mark("Leave it to them; the window proposes only what the holder comes for."),
    ),
    "licence.until": (
        mark("The last day of the suspension is past."),
        KEPT,
        mark("Give a day that is still to come, or none."),
    ),
    "licence.wrong_status": (
        mark("The licence stands otherwise: {status}."),
        UNCHANGED,
        mark("Look at what happened to it; perhaps a colleague was faster."),
    ),
    "licence.no_paper": (
        mark("There is no sealed paper of this licence."),
        UNCHANGED,
        mark("Its department has no digital seal: hand out the licence that it made."),
    ),
    "licence_type.cell": (
        mark("“{value}” says nothing that this column can hold."),
        NOTHING_READ,
        mark(
            "Write a validity as months, a day or 长期; fields as 名称=form.KEY, with"
            " semicolons between; days as a number."
        ),
    ),
    "licence_type.department": (
        mark("The department “{department}” is not known."),
        NOTHING_READ,
        mark("Write its name or id as `clerk-central departments` lists it."),
    ),
    "licence_type.key": (
        mark("There is no such key."),
        NOTHING_READ,
        mark("Take it out, or spell it as the sample catalogue does."),
    ),
    "licence_type.negative": (
        mark("Months and days are never less than 0."),
        NOTHING_READ,
        mark("Write 0 or more."),
    ),
    "licence_type.no_day": (
        mark("It is valid until a day, and no day is given."),
        NOTHING_READ,
        mark("Give the day in valid_until."),
    ),
    "licence_type.no_months": (
        mark("It is valid for a term, and no months are given."),
        NOTHING_READ,
        mark("Give the months in valid_months."),
    ),
    "licence_type.number": (
        mark("The rule “{rule}” makes no numbers that can be told apart."),
        NOTHING_READ,
        mark("Let it have {n} or {n:06} once, {year} if wanted, and no / ? # % & or space."),
    ),
    "licence_type.source": (
        mark("A line of the licence has no name, or comes from “{source}”, which is no source."),
        NOTHING_READ,
        mark("Write form.KEY, applicant.name, applicant.address or fixed:TEXT."),
    ),
    "licence_type.twice": (
        mark("The type “{id}” stands in the file twice."),
        NOTHING_READ,
        mark("Leave one of the two."),
    ),
    "licence_type.unnamed": (
        mark("A type needs its short id and its name."),
        NOTHING_READ,
        mark("Fill both in."),
    ),
    "licence_type.value": (
        mark("The type cannot be used: {problem}."),
        NOTHING_READ,
        mark("Correct it as the sample catalogue has it."),
    ),
    "notices.folder": (
        mark("Notices cannot be written to {folder}."),
        mark("They are kept, and offered again within the hour."),
        mark("Make the folder, and let central's user write there."),
    ),
    "seal.address": (
        mark("“{address}” is no address."),
        UNCHANGED,
        mark("Give one that begins with https://, as phones reach it."),
    ),
    "seal.certificate_other": (
        mark("The certificate belongs to another key."),
        UNCHANGED,
        mark("Take the certificate that was issued for this key's request."),
    ),
    "seal.certificate_over": (
        mark("The certificate is not in force: it holds until {until}."),
        mark("Nothing was sealed with it; what waits for its seal stays as it is."),
        mark("Renew it: `clerk-central seal make`, `certificate` or `install`."),
    ),
    "seal.certificate_unreadable": (
        mark("There is no certificate in the file."),
        UNCHANGED,
        mark("Give a PEM file, the department's own certificate first."),
    ),
    "seal.day": (
        mark("“{day}” is no day."),
        UNCHANGED,
        mark("Write it as 2026-06-01."),
    ),
    "seal.failed": (
        mark("The paper could not be set or signed."),
        mark("It waits for its seal as before, and is tried again every minute."),
        mark("Look into central's log at that time."),
    ),
    "seal.file_unreadable": (
        mark("The file is no PKCS#12, or its passphrase is wrong."),
        UNCHANGED,
        mark("Check both: the passphrase is the first line of the file that was named."),
    ),
    "seal.in_token": (
        mark("The key of this seal lies in a token."),
        UNCHANGED,
        mark("Let the token's own tools make the request, then install it with `seal token`."),
    ),
    "seal.installed_already": (
        mark("This certificate was installed before."),
        UNCHANGED,
        mark("Make or get a new one; a retired seal is not used again."),
    ),
    "seal.key_kind": (
        mark("The key is of a kind or size that is not used here."),
        UNCHANGED,
        mark("Use RSA of {least} bits at least, or an elliptic curve."),
    ),
    "seal.no_pdf": (
        mark("The file is no PDF that can be read."),
        mark("It was only read, and not kept."),
        mark("Take the file as it was handed out, not a picture or a print of it."),
    ),
    "seal.none": (
        mark("The PDF has no digital signature."),
        mark("It was only read, and not kept."),
        mark("Verify it by the number and check digits that stand on it."),
    ),
    "seal.not_installed": (
        mark("The department {department} has no seal."),
        UNCHANGED,
        mark("Make or install one: `clerk-central seal make` or `install`."),
    ),
    "seal.passphrase_none": (
        mark("Central was given no passphrase for the keys of seals."),
        mark("Nothing was sealed; what waits for its seal stays as it is."),
        mark("Set CLERK_SEAL_PASSPHRASE_FILE or CLERK_SEAL_PASSPHRASE where central runs."),
    ),
    "seal.passphrase_short": (
        mark("The passphrase is too short to guard a seal."),
        UNCHANGED,
        mark("Use {least} characters at least."),
    ),
    "seal.passphrase_wrong": (
        mark("The passphrase does not open the key of this seal."),
        mark("Nothing was sealed; what waits for its seal stays as it is."),
        mark("Give central the passphrase that the key was installed under."),
    ),
    "verification.too_many": (
        mark("This address has verified too much in one minute."),
        NOTHING_SENT,
        mark("Wait a minute, then go on."),
    ),
    "verification.unknown": (
        mark("There is no licence with this number and these check digits."),
        NOTHING_SENT,
        mark("Compare both with the licence. If they are right, it is not one of this city's."),
    ),
    "verification.unreadable": (
        mark("That is neither a number with its check digits, nor a QR code, nor a file."),
        NOTHING_SENT,
        mark("Scan the QR code, type number and check digits, or the path of the PDF."),
    ),
    "seal.token_library": (
        mark("The library for tokens is not installed."),
        mark("Nothing was sealed; what waits for its seal stays as it is."),
        mark("Install python-pkcs11 beside central (the extra `hsm`)."),
    ),
    "seal.token_unavailable": (
        mark("The token “{token}” cannot be used: it is away, or PIN or key are others."),
        mark("Nothing was sealed; what waits for its seal stays as it is."),
        mark("Check the token, the PIN file and the label of the key."),
    ),
    "seal.token_unset": (
        mark("Central was not told how to reach the token."),
        mark("Nothing was sealed; what waits for its seal stays as it is."),
        mark("Set CLERK_PKCS11_MODULE and CLERK_PKCS11_PIN_FILE where central runs."),
    ),
}
