"""An archive is signed with the village's key: whoever changes it and mends its lists is found, by us and by others."""

from __future__ import annotations

import json
import shutil
import subprocess
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from tests.builders import WANG, Village
from village_ledger.domain.package import fingerprint
from village_ledger.domain.period import Span
from village_ledger.domain.village_key import KnownVillage
from village_ledger.exchange.archive.archive_check import check_archive
from village_ledger.exchange.archive.archive_manifest import PUBLIC, SIGNATURE, SUMS
from village_ledger.exchange.exports.export_formats import ExportRequest
from village_ledger.exchange.exports.exporting import export
from village_ledger.exchange.review.known_villages import key_words
from village_ledger.services.review import village_keys
from village_ledger.storage.file.book_file import Access, open_book

YEAR = Span.of_year(2025)


@pytest.fixture(scope="module")
def filed(tmp_path_factory):
    """(archive, the village's public key)."""
    folder = tmp_path_factory.mktemp("档案")
    with Village.found(folder) as village:
        village.posted("2025-03-08", "收租金", "借 101 6; 贷 501 6")
        done = export(village.book, WANG, "archive", ExportRequest(folder / "档案", "", YEAR, by=WANG))
        public = bytes(village.book.reader().village_keys()[-1].public)
    assert fingerprint(public) in done.warnings[-1]
    return folder / "档案", public


@pytest.fixture
def archive(filed, tmp_path):
    """A copy that can be spoilt."""
    out = shutil.copytree(filed[0], tmp_path / "档案")
    for path in out.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return out


def mended(archive):
    """Write the sums anew, as somebody does who knows how the archive is built."""
    names = [line.partition("  ")[2] for line in (archive / SUMS).read_text(encoding="utf-8").splitlines()]
    sums = "".join(f"{sha256((archive / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
    (archive / SUMS).write_text(sums, encoding="utf-8", newline="\n")


def test_the_signature_is_over_the_sums_and_needs_no_program_of_ours(filed):
    archive, public = filed
    key = load_pem_public_key((archive / PUBLIC).read_bytes())
    assert isinstance(key, Ed25519PublicKey)
    key.verify((archive / SIGNATURE).read_bytes(), (archive / SUMS).read_bytes())
    assert key.public_bytes_raw() == public
    assert check_archive(archive).fingerprint == fingerprint(public)
    assert fingerprint(public) in (archive / "index.html").read_text(encoding="utf-8")
    paper = next(archive.rglob("会计档案移交清册.pdf"))
    text = subprocess.run(["pdftotext", paper, "-"], capture_output=True, check=True).stdout.decode()
    assert f"指纹 {fingerprint(public)}" in " ".join(text.split())


@pytest.mark.parametrize(
    "name", ["index.html", "清单.csv", "核对.py", "2025/凭证/集体经济组织账/2025-03 记账凭证.pdf"]
)
def test_a_file_that_was_changed_with_its_sum_is_found(archive, name):
    file = archive / name
    file.write_bytes(file.read_bytes() + b"\n")
    mended(archive)
    assert any("签名无效" in fault for fault in check_archive(archive).faults)


def test_a_signature_that_is_gone_or_anothers_is_found(archive):
    (archive / SIGNATURE).write_bytes(bytes(64))
    assert any("签名无效" in fault for fault in check_archive(archive).faults)
    (archive / SIGNATURE).unlink()
    assert check_archive(archive).faults == [f"档案的 {SIGNATURE} 读不出来"]


def test_another_key_beside_the_list_is_found(archive):
    (archive / PUBLIC).write_bytes((archive / PUBLIC).read_bytes().replace(b"A", b"B", 1))
    mended(archive)
    assert any(f"{PUBLIC}：和清单里写的公钥不同" in fault for fault in check_archive(archive).faults)


@pytest.mark.parametrize(
    "signature",
    [1, {}, {"algorithm": "RSA", "public_key": "00"}, {"algorithm": "Ed25519", "public_key": "00"}],
)
def test_a_list_that_names_no_key_there_is_cannot_be_read(archive, signature):
    file = archive / "manifest.json"
    said = json.loads(file.read_text(encoding="utf-8")) | {"signature": signature}
    file.write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(Exception, match="读不出来"):
        check_archive(archive)


def test_an_archive_of_before_there_were_signatures_is_held_to_its_list(archive):
    file = archive / "manifest.json"
    said = json.loads(file.read_text(encoding="utf-8"))
    del said["signature"]
    file.write_text(json.dumps(said), encoding="utf-8")
    (archive / SIGNATURE).unlink()
    mended(archive)
    found = check_archive(archive)
    assert (found.faults, found.fingerprint) == ([], "")


def test_what_is_said_of_the_key(filed, tmp_path):
    found = check_archive(filed[0])
    shown, whose = found.fingerprint, (found.book, found.village, found.fingerprint)
    assert key_words(tmp_path, *whose) == (True, f"签名有效，指纹 {shown}；请打电话和村里核对。")
    assert key_words(tmp_path, *whose, shown.lower())[0]
    assert not key_words(tmp_path, *whose, "0000")[0]
    for known, holds in ((shown, True), ("0000-0000", False)):
        listed = [
            {
                name: getattr(KnownVillage(found.book, "青山村", known), name)
                for name in KnownVillage.__slots__
            }
        ]
        (tmp_path / "核对过的村.json").write_text(json.dumps(listed), encoding="utf-8")
        assert key_words(tmp_path, *whose)[0] is holds
    assert key_words(tmp_path, *whose, shown)[0]


def test_verify_says_who_signed_and_refuses_another_fingerprint(filed, run):
    archive, public = filed
    answer = run("verify", archive)
    assert answer.code == 0
    assert f"签名有效，指纹 {fingerprint(public)}" in answer.out
    assert run("verify", archive, "--fingerprint", fingerprint(public)).code == 0
    answer = run("verify", archive, "--fingerprint", "AAAA-0000")
    assert answer.code == 1
    assert "不一样，这份档案不能信" in answer.out


def test_a_book_that_cannot_be_written_is_filed_unsigned_and_that_is_said(tmp_path, run):
    with Village.found(tmp_path) as village:
        village.posted("2025-03-08", "收租金", "借 101 6; 贷 501 6")
        path = village.path
        answer = run("export", "archive", path, "-o", tmp_path / "档案")
    assert answer.code == 0
    assert "档案没有签名" in answer.said
    answer = run("verify", tmp_path / "档案")
    assert answer.code == 0
    assert "这份档案没有签名" in answer.out
    assert run("verify", tmp_path / "档案", "--fingerprint", "AAAA").code == 1


def test_a_key_that_does_not_open_keeps_nobody_from_filing(tmp_path, monkeypatch):
    with Village.found(tmp_path) as village:
        village.posted("2025-03-08", "收租金", "借 101 6; 贷 501 6")
        path = village.path
    with open_book(path, Access.WRITE, WANG) as book:
        with book.unit_of_work(WANG) as uow:
            village_keys.key_for(uow)
            uow.commit()
        monkeypatch.setattr(village_keys, "_data_key", lambda _uow: bytes(32))
        done = export(book, WANG, "archive", ExportRequest(tmp_path / "档案", by=WANG))
    assert "没有签名" in done.warnings[-1]
    assert check_archive(tmp_path / "档案").fingerprint == ""
