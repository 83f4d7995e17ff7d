"""`clerk-central seal`: keys made, asked for, installed, retired; never a passphrase in sight."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from central.db import audit, seals
from central.db.seals import Seal
from central.seals.making import make_pair, open_pair
from central.seals.signing import open_signer
from central.seals.trying import demand_signs
from clerk.clock import SystemClock
from clerk.errors import StoreError
from tests.central.imports.flows.city import City, lay
from tests.support.seals import PASSPHRASE

NAME = "市市场监督管理局"


@pytest.fixture
def city(
    tmp_path: Path,
    initialised: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> City:
    made = City(tmp_path, initialised, capsys)
    made.within(lay)
    told = tmp_path / "passphrase"
    told.write_text(PASSPHRASE + "\n")
    monkeypatch.setenv("CLERK_SEAL_PASSPHRASE_FILE", str(told))
    return made


def in_use(city: City, department: str = "market") -> Seal:
    seal = city.within(lambda one: seals.find_in_use(one, department))
    assert seal is not None
    return seal


def test_a_key_is_made_lies_encrypted_and_signs(city: City) -> None:
    status, told = city.run("seal", "make", "market", "--years", "2")
    assert status == 0, told
    assert "market seals with" in told
    seal = in_use(city)
    assert PASSPHRASE.encode() not in seal.secret
    assert b"PRIVATE KEY" not in seal.secret
    pair = open_pair(seal.secret, PASSPHRASE.encode())
    (name,) = pair.certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    assert name.value == NAME
    left = pair.certificate.not_valid_after_utc - datetime.now(UTC)  # noqa: TID251 - the real one
    assert timedelta(days=728) < left < timedelta(days=731)
    with pytest.raises(StoreError) as refused:
        open_pair(seal.secret, b"another passphrase")
    assert refused.value.code == "seal.passphrase_wrong"
    demand_signs(seal, SystemClock().now())


def test_without_a_passphrase_or_with_a_short_one_nothing_is_made(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLERK_SEAL_PASSPHRASE_FILE")
    status, told = city.run("seal", "make", "market")
    assert status != 0
    assert "was given no passphrase" in told
    monkeypatch.setenv("CLERK_SEAL_PASSPHRASE", "short")
    assert "Use 12 characters at least" in city.run("seal", "make", "market")[1]
    monkeypatch.setenv("CLERK_SEAL_PASSPHRASE", PASSPHRASE)
    assert "There is no department" in city.run("seal", "make", "nobody")[1]
    assert city.within(seals.list_all) == ()


def test_a_new_one_retires_the_old_and_both_are_on_record(city: City) -> None:
    city.run("seal", "make", "market")
    first = in_use(city)
    city.run("seal", "make", "market")
    second = in_use(city)
    assert first.id != second.id
    status, told = city.run("seal", "list")
    assert status == 0
    assert [line.split("\t")[-1] for line in told.splitlines()[:2]] == ["in use", "retired"]
    assert "0 licences wait for their seal." in told
    city.run("seal", "retire", "market", "--lost-since", "2026-06-01")
    assert "lost since 2026-06-01" in city.run("seal", "list")[1]
    assert "has no seal" in city.run("seal", "retire", "market")[1]
    assert city.within(audit.find_break) is None


def test_an_authority_certifies_the_key(city: City, tmp_path: Path) -> None:
    city.run("seal", "make", "market")
    own, request = in_use(city), tmp_path / "market.csr"
    assert city.run("seal", "request", "market", request)[0] == 0
    authority = make_pair("某某电子认证服务机构", SystemClock().now() - timedelta(days=1))
    asked = x509.load_pem_x509_csr(request.read_bytes())
    assert asked.is_signature_valid
    issued = (
        x509.CertificateBuilder()
        .subject_name(asked.subject)
        .issuer_name(authority.certificate.subject)
        .public_key(asked.public_key())
        .serial_number(7)
        .not_valid_before(SystemClock().now() - timedelta(hours=1))
        .not_valid_after(SystemClock().now() + timedelta(days=400))
        .sign(authority.key, hashes.SHA256())
    )
    path = tmp_path / "issued.pem"
    pems = [one.public_bytes(Encoding.PEM) for one in (issued, authority.certificate)]
    path.write_bytes(b"".join(pems))
    status, told = city.run("seal", "certificate", "market", path)
    assert status == 0, told
    now = in_use(city)
    assert (now.id, now.chain) != (own.id, b"")
    demand_signs(now, SystemClock().now())
    path.write_bytes(pems[1])
    assert "belongs to another key" in city.run("seal", "certificate", "market", path)[1]


def test_a_key_comes_from_a_file_under_its_own_passphrase(city: City, tmp_path: Path) -> None:
    pair = make_pair(NAME, SystemClock().now())
    file, word = tmp_path / "seal.p12", tmp_path / "word"
    file.write_bytes(pair.encrypted(b"theirs"))
    word.write_text("wrong")
    arguments = ("seal", "install", "market", file, "--passphrase-file", word)
    assert "its passphrase is wrong" in city.run(*arguments)[1]
    word.write_text("theirs\n")
    assert city.run(*arguments)[0] == 0
    assert open_pair(in_use(city).secret, PASSPHRASE.encode()).certificate == pair.certificate
    assert "was installed before" in city.run(*arguments)[1]


def test_the_address_of_verification(city: City) -> None:
    assert "is no address" in city.run("seal", "address", "licences.example")[1]
    assert city.run("seal", "address", "https://licences.example/")[0] == 0


def test_what_has_run_out_signs_nothing(city: City) -> None:
    city.run("seal", "make", "market", "--years", "1")
    later = SystemClock().now() + timedelta(days=400)
    with pytest.raises(StoreError) as refused, open_signer(in_use(city), later):
        pass
    assert refused.value.code == "seal.certificate_over"


@pytest.mark.e2e
def test_a_key_that_never_leaves_its_token(
    city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SoftHSM stands for the token: the key is made in it and is not extractable."""
    import shutil

    module = next((one for one in Path("/usr/lib").rglob("libsofthsm2.so") if one.is_file()), None)
    program = shutil.which("softhsm2-util")
    assert module, "SoftHSM is missing: make e2e-deps"
    assert program, "SoftHSM is missing: make e2e-deps"
    (tmp_path / "tokens").mkdir()
    config = tmp_path / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {tmp_path / 'tokens'}\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(config))
    pin = tmp_path / "pin"
    pin.write_text("24681357\n")
    initialise = (program, "--init-token", "--free", "--label", "seals")
    codes = ("--pin", "24681357", "--so-pin", "13572468")
    subprocess.run([*initialise, *codes], check=True, capture_output=True, env=os.environ)
    pair = make_pair(NAME, SystemClock().now())
    key = tmp_path / "key.pem"
    _write_key(pair.key, key)
    importing = (program, "--import", key, "--token", "seals", "--label", "market", "--id", "01")
    subprocess.run(
        [*importing, "--pin", "24681357"], check=True, capture_output=True, env=os.environ
    )
    key.unlink()
    certificate = tmp_path / "market.pem"
    certificate.write_bytes(pair.certificate.public_bytes(Encoding.PEM))
    place = ("--token", "seals", "--key", "market", "--certificate", certificate)
    assert "was not told how to reach the token" in city.run("seal", "token", "market", *place)[1]
    monkeypatch.setenv("CLERK_PKCS11_MODULE", str(module))
    monkeypatch.setenv("CLERK_PKCS11_PIN_FILE", str(pin))
    status, told = city.run("seal", "token", "market", *place)
    assert status == 0, told
    seal = in_use(city)
    assert (seal.keeping, seal.secret) == ("pkcs11", b'{"token":"seals","key":"market"}')
    demand_signs(seal, SystemClock().now())
    assert "lies in a token" in city.run("seal", "request", "market", tmp_path / "x")[1]
    pin.write_text("00000000\n")
    with pytest.raises(StoreError) as refused:
        demand_signs(seal, SystemClock().now())
    assert refused.value.code == "seal.token_unavailable"


def _write_key(key: object, path: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import NoEncryption, PrivateFormat

    assert isinstance(key, RSAPrivateKey)
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    assert load_pem_private_key(path.read_bytes(), None) is not None
