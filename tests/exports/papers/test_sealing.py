"""A sealed PDF: what it says, that two who know nothing of each other accept it, what breaks it."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from clerk.errors import InputError
from exports.papers.checking import Fault, check_pdf
from exports.papers.render import render
from exports.papers.sealing import Sealing, seal_pdf
from tests.support.cases import MONDAY
from tests.support.seals import OFFICE, PASSPHRASE, a_licence, a_pair

TOLD = Sealing(office=OFFICE, reason="颁发 JY202600000012", contact="https://x/verify", at=MONDAY)


@pytest.fixture(scope="module")
def sealed() -> bytes:
    from pyhanko.sign.signers import SimpleSigner

    secret = a_pair().encrypted(PASSPHRASE.encode())
    signer = SimpleSigner.load_pkcs12_data(secret, [], passphrase=PASSPHRASE.encode())
    assert signer is not None
    return seal_pdf(render(a_licence()), signer, TOLD)


def with_a_page(sealed: bytes) -> bytes:
    """The file with a page appended in a revision of its own, as a forger would."""
    writer = PdfWriter(io.BytesIO(sealed), incremental=True)
    writer.add_blank_page(595, 842)
    out = io.BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(sealed)
    return out.getvalue()


def test_the_seal_covers_the_whole_file_and_says_whose_it_is(sealed: bytes) -> None:
    checked = check_pdf(sealed)
    assert checked.faults == ()
    assert (checked.office, checked.reason) == (OFFICE, TOLD.reason)
    assert (checked.contact, checked.signed_at) == (TOLD.contact, MONDAY)
    from cryptography.hazmat.primitives.serialization import Encoding

    assert checked.certificate == a_pair().certificate.public_bytes(Encoding.DER)


def test_it_is_one_page_with_the_seal_drawn_where_the_office_stands(sealed: bytes) -> None:
    (page,) = PdfReader(io.BytesIO(sealed)).pages
    text = page.extract_text()
    assert "JY202600000012" in text
    (mark,) = [one.get_object() for one in page["/Annots"]]  # type: ignore[attr-defined]
    left, bottom, right, top = (float(one) for one in mark["/Rect"])
    assert 118 <= right - left <= 120
    assert 118 <= top - bottom <= 120
    assert mark["/AP"]["/N"].get_object()["/Subtype"] == "/Form"


def test_the_library_that_signs_finds_it_whole_too(sealed: bytes) -> None:
    """A second eye: pyHanko's validator, with our certificate as its only trust root."""
    from asn1crypto import x509
    from cryptography.hazmat.primitives.serialization import Encoding
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    root = x509.Certificate.load(a_pair().certificate.public_bytes(Encoding.DER))

    def look(data: bytes) -> tuple[bool, str]:
        context = ValidationContext(trust_roots=[root], moment=MONDAY, allow_fetching=False)
        (signature,) = PdfFileReader(io.BytesIO(data)).embedded_signatures
        usage = KeyUsageConstraints(key_usage={"digital_signature"})
        status = validate_pdf_signature(signature, context, key_usage_settings=usage)
        assert status.coverage is not None
        return status.bottom_line, status.coverage.name

    assert look(sealed) == (True, "ENTIRE_FILE")
    assert look(with_a_page(sealed))[0] is False


def test_a_page_appended_afterwards_is_found(sealed: bytes) -> None:
    assert check_pdf(with_a_page(sealed)).faults == (Fault.ADDED,)
    assert check_pdf(sealed + b"\n% nothing\n").faults == (Fault.ADDED,)


def test_a_changed_byte_is_found(sealed: bytes) -> None:
    for place in (200, len(sealed) - 300):
        changed = bytearray(sealed)
        changed[place] ^= 1
        try:
            faults = check_pdf(bytes(changed)).faults
        except InputError:
            continue  # what can't even be read passes for nothing
        assert faults


def test_bytes_hidden_beside_the_signature_are_found(sealed: bytes) -> None:
    """The hole of the signature may hold nothing but its hexadecimal text."""
    start = sealed.index(b"/Contents <") + len(b"/Contents <")
    spoilt = bytearray(sealed)
    spoilt[start : start + 4] = b"> %%"
    assert check_pdf(bytes(spoilt)).faults == (Fault.UNREADABLE,)


def test_what_bears_no_signature_is_told_so(sealed: bytes) -> None:
    for data, code in ((b"no pdf", "seal.no_pdf"), (render(a_licence()), "seal.none")):
        with pytest.raises(InputError) as refused:
            check_pdf(data)
        assert refused.value.code == code


@pytest.mark.e2e
def test_pdfsig_accepts_what_we_sign_and_not_a_page_appended(sealed: bytes, tmp_path: Path) -> None:
    """A third eye, of poppler; Chromium and LibreOffice read the file with it or its like."""
    program = shutil.which("pdfsig")
    assert program, "pdfsig is missing: make e2e-deps"

    def look(data: bytes) -> str:
        path = tmp_path / "licence.pdf"
        path.write_bytes(data)
        return subprocess.run([program, path], capture_output=True, text=True, check=False).stdout

    told = look(sealed)
    assert "Signature is Valid." in told
    assert "Total document signed" in told
    assert OFFICE in told
    appended = look(with_a_page(sealed))
    assert "Total document signed" not in appended
    changed = bytearray(sealed)
    changed[400] ^= 1
    assert "Signature is Valid." not in look(bytes(changed))
