"""An archive of accounts: every document there, every file in the list with its digest, whatever is touched is named."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tests.builders import Village
from village_ledger.domain.attachment import Owner
from village_ledger.domain.errors import Cancelled, LedgerError, UnreadableError
from village_ledger.domain.period import Span
from village_ledger.exchange.archive import archive_plan
from village_ledger.exchange.archive.archive_check import check_archive
from village_ledger.exchange.attachments.attachment_files import take_all
from village_ledger.exchange.exports.export_formats import ExportRequest
from village_ledger.exchange.exports.exporting import export
from village_ledger.reports.pens.output_file import OutputDiskFull
from village_ledger.services.attachments.attachments import attach
from village_ledger.services.entry.progress import Progress
from village_ledger.storage.file.book_file import Access, open_book

YEAR = Span.of_year(2025)
SAMPLES = Path(__file__).parents[1] / "attachments" / "samples"
INVOICE = SAMPLES / "einvoice_1.xml"
SCAN = b"%PDF-1.4\n" + b"x" * 200


def filed(path, out, ledger="collective", span: Span | None = YEAR, progress: Progress | None = None):
    with open_book(path, Access.WRITE, "档案员") as book:
        request = ExportRequest(out, ledger, span, by="档案员")
        return export(book, "档案员", "archive", request, progress or Progress())


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A village's archive: two vouchers, a scan and an invoice."""
    folder = tmp_path_factory.mktemp("档案")
    with Village.found(folder) as village:
        first = village.posted("2025-03-08", "收租金", "借 101 6; 贷 501 6")
        village.posted("2025-04-08", "付电费", "借 513 2; 贷 101 2")
        with village.act() as uow:
            owner = Owner("voucher", "collective", str(first.id))
            attach(uow, owner, SCAN, "收条:3月.pdf")
        path = village.path
    filed(path, folder / "档案")
    return folder / "档案"


@pytest.fixture
def archive(kept, tmp_path):
    """A copy that can be spoilt."""
    out = tmp_path / "档案"
    shutil.copytree(kept, out)
    for path in out.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return out


def manifest(folder):
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def test_the_list_names_every_file_with_its_digest(kept):
    files = manifest(kept)["files"]
    for one in files:
        path = kept / one["path"]
        content = path.read_bytes()
        assert (one["sha256"], one["size"]) == (sha256(content).hexdigest(), len(content))
    beside = {
        "manifest.json",
        "清单.csv",
        "index.html",
        "核对.py",
        "签名公钥.pem",
        "SHA256SUMS",
        "SHA256SUMS.sig",
    }
    on_disk = {p.relative_to(kept).as_posix() for p in kept.rglob("*") if p.is_file()}
    assert on_disk == {one["path"] for one in files} | beside
    assert check_archive(kept).faults == []


def test_vouchers_books_statements_and_papers_stand_in_their_folders(kept):
    paths = {one["path"] for one in manifest(kept)["files"]}
    base = "2025/{}/集体经济组织账/"
    assert {
        base.format("凭证") + "2025-03 记账凭证.pdf",
        base.format("凭证") + "2025-04 记账凭证.pdf",
        base.format("账簿") + "总账.pdf",
        base.format("账簿") + "明细账.pdf",
        base.format("账簿") + "库存现金日记账.pdf",
        base.format("报表") + "资产负债表 2025.pdf",
        base.format("报表") + "收益及收益分配表 2025.pdf",
        base.format("报表") + "资产负债表 2025-03.pdf",
        base.format("其他") + "会计档案移交清册.pdf",
    } <= paths


def test_originals_stand_with_their_voucher(kept):
    (one,) = [x for x in manifest(kept)["files"] if "/原始凭证/" in x["path"]]
    assert one["path"].endswith("原始凭证/2025-03/记-0001 01 收条_3月.pdf")
    assert (one["number"], one["kept"], one["until"]) == ("记-0001", "30年", "2055-12-31")
    assert (kept / one["path"]).read_bytes().startswith(b"%PDF-1.4")


def test_the_list_says_who_made_and_reviewed_and_how_long_it_is_kept(kept):
    files = {one["name"]: one for one in manifest(kept)["files"]}
    march = files["2025年3月记账凭证"]
    assert (march["maker"], march["reviewer"], march["number"]) == ("王秀英", "李建国", "记-0001～0001")
    assert march["pages"] >= 1
    assert march["software"].startswith("村账 ")
    assert files["2025年资产负债表"]["until"] == "永久"
    assert files["2025年3月资产负债表"]["until"] == "2035-12-31"
    numbers = [one["archive_number"] for one in manifest(kept)["files"]]
    assert len(set(numbers)) == len(numbers)


def test_the_list_is_readable(kept):
    page = (kept / "index.html").read_text(encoding="utf-8")
    assert "青山村会计档案" in page
    assert sha256((kept / "manifest.json").read_bytes()).hexdigest() in page
    assert "<script" not in page
    with (kept / "清单.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len(manifest(kept)["files"])
    assert {row["备注"] for row in rows} == {one["note"] for one in manifest(kept)["files"]}


def test_the_chain_head_of_the_books_is_in_the_list(kept):
    (ledger,) = manifest(kept)["ledgers"]
    assert len(ledger["chain_head"]) == 64
    assert ledger["entity"] == "青山村股份经济合作社"


def test_files_are_left_read_only(kept):
    assert all(not path.stat().st_mode & 0o222 for path in kept.rglob("*") if path.is_file())


def test_the_tool_inside_needs_nothing_of_ours(archive):
    def run():
        return subprocess.run([sys.executable, archive / "核对.py"], capture_output=True, check=False)

    assert run().returncode == 0
    (archive / "清单.csv").write_bytes(b"x")
    assert run().returncode == 1


def first_voucher(folder):
    return next(path for path in folder.rglob("2025-03 记账凭证.pdf"))


def test_an_altered_file_is_named(archive):
    path = first_voucher(archive)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    (fault,) = check_archive(archive).faults
    assert "2025-03 记账凭证.pdf：已被改动" in fault


def test_a_missing_and_a_foreign_file_are_named(archive):
    first_voucher(archive).unlink()
    (archive / "2025" / "多出来.pdf").write_bytes(b"x")
    faults = check_archive(archive).faults
    assert [fault.rpartition("：")[2] for fault in faults] == ["不见了", "清单里没有这个文件"]


def test_a_link_out_of_the_archive_is_no_file(archive, tmp_path):
    path = first_voucher(archive)
    outside = tmp_path / "外面.pdf"
    path.rename(outside)
    path.symlink_to(outside)
    assert any("不见了" in fault for fault in check_archive(archive).faults)


@pytest.mark.parametrize("name", ["../外面.pdf", "/etc/passwd", "C:/x", "a\\b"])
def test_a_name_that_leads_out_is_refused(archive, name):
    with (archive / "SHA256SUMS").open("a", encoding="utf-8") as stream:
        stream.write(f"{'0' * 64}  {name}\n")
    assert any("指到档案外面" in fault for fault in check_archive(archive).faults)


def test_a_list_and_sums_that_differ_are_named(archive):
    body = manifest(archive)
    body["files"][0]["sha256"] = "0" * 64
    (archive / "manifest.json").write_text(json.dumps(body), encoding="utf-8")
    faults = check_archive(archive).faults
    assert any("manifest.json：已被改动" in fault for fault in faults)
    assert any("清单和校验表的摘要值不同" in fault for fault in faults)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("manifest.json", "{"),
        ("manifest.json", "[]"),
        ("manifest.json", '{"format": "x"}'),
        ("manifest.json", '{"format": "village-ledger-archive", "version": 2, "files": []}'),
        ("manifest.json", '{"format": "village-ledger-archive", "version": 1, "files": [1]}'),
        ("SHA256SUMS", "x\n"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused(archive, name, content):
    (archive / name).write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableError):
        check_archive(archive)


def test_a_folder_that_is_no_archive_is_refused(tmp_path):
    with pytest.raises(UnreadableError):
        check_archive(tmp_path)


def test_an_archive_is_never_written_over_another(kept, tmp_path):
    with Village.found(tmp_path) as village:
        village.posted("2025-03-08", "收租金", "借 101 6; 贷 501 6")
        path = village.path
    before = sorted(kept.rglob("*"))
    with pytest.raises(LedgerError, match="已经存在，里面有东西"):
        filed(path, kept)
    assert sorted(kept.rglob("*")) == before


def test_cancelled_half_way_nothing_stays(tmp_path):
    with Village.found(tmp_path) as village:
        village.posted("2025-03-08", "收租金", "借 101 6; 贷 501 6")
        path = village.path
    before = {p.name for p in tmp_path.iterdir()}

    def stop(done: int, total: int, label: str) -> None:
        del total, label
        if done == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        filed(path, tmp_path / "档案", progress=Progress(stop))
    assert {p.name for p in tmp_path.iterdir()} == before


def test_a_span_without_vouchers_is_refused(tmp_path):
    with Village.found(tmp_path) as village:
        path = village.path
    with pytest.raises(LedgerError, match="这些日子里没有账可归档"):
        filed(path, tmp_path / "档案")


def test_an_attachment_that_was_changed_is_flagged(tmp_path):
    with Village.found(tmp_path) as village:
        first = village.posted("2025-03-08", "收租金", "借 101 6; 贷 501 6")
        with village.act() as uow:
            owner = Owner("voucher", "collective", str(first.id))
            attach(uow, owner, SCAN, "收条.pdf")
        path = village.path
    import sqlite3

    raw = sqlite3.connect(path)
    for (name,) in raw.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'blob'"
    ).fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    raw.execute("UPDATE blob SET content = ?", (b"%PDF-1.4\n" + b"y" * 200,))
    raw.commit()
    raw.close()
    done = filed(path, tmp_path / "档案")
    assert any("收条.pdf”已被改动" in text for text in done.warnings)
    (one,) = [x for x in manifest(tmp_path / "档案")["files"] if "/原始凭证/" in x["path"]]
    assert one["note"] == "已被改动"


def test_an_invoice_is_archived_with_how_it_was_booked(tmp_path):
    with Village.found(tmp_path) as village:
        voucher = village.entered("2025-03-08", "买办公用品", "借 513 6; 贷 101 6")
        with village.act() as uow:
            owner = Owner("voucher", "collective", str(voucher.id))
            take_all(uow, owner, [(INVOICE, INVOICE.name)])
        village.review(voucher)
        village.post(voucher)
        path = village.path
    filed(path, tmp_path / "档案")
    paths = [x["path"] for x in manifest(tmp_path / "档案")["files"]]
    assert any("/原始凭证/2025-03/记-0001 01 einvoice_1.xml" in p for p in paths)
    (entry,) = [p for p in paths if "/入账信息/" in p]
    assert "NumberOfAccountingDocuments>记-0001<" in (tmp_path / "档案" / entry).read_text(encoding="utf-8")


def test_from_the_command_line(tmp_path, run):
    with Village.found(tmp_path) as village:
        village.posted("2025-03-08", "收租金", "借 101 6; 贷 501 6")
        path = village.path
    out = tmp_path / "档案"
    answer = run("export", "archive", path, "-o", out)
    assert answer.code == 0, answer.said
    assert any("清单摘要值" in text for text in answer.sentences)
    assert run("verify", out).code == 0
    bound = first_voucher(out)
    bound.chmod(0o644)
    bound.write_bytes(b"x")
    answer = run("verify", out)
    assert answer.code == 1
    assert "已被改动" in answer.out
    assert run("verify", tmp_path).code == 2


def test_a_full_disk_leaves_nothing(tmp_path, monkeypatch):
    with Village.found(tmp_path) as village:
        village.posted("2025-03-08", "收租金", "借 101 6; 贷 501 6")
        path = village.path

    def full(*_: object, **__: object) -> None:
        raise OutputDiskFull("盘满了", "请清出空间。")

    monkeypatch.setattr(archive_plan, "print_volume", full)
    before = {p.name for p in tmp_path.iterdir()}
    with pytest.raises(OutputDiskFull):
        filed(path, tmp_path / "档案")
    assert {p.name for p in tmp_path.iterdir()} == before


def test_the_log_says_that_originals_left(tmp_path):
    with Village.found(tmp_path) as village:
        village.posted("2025-03-08", "收租金", "借 101 6; 贷 501 6")
        path = village.path
    filed(path, tmp_path / "档案")
    with open_book(path, Access.READ) as book:
        last = book.reader().operations()[-1]
    assert (last.action, last.subject, last.detail) == ("导出数据", "会计档案", "原件，不遮盖，2025年")


def test_papers_of_no_year_are_filed_once_and_photos_of_the_wall_in_theirs(demo, tmp_path):
    filed(demo, tmp_path / "档案", span=None)
    with open_book(demo, Access.READ) as book:
        kept = [x for x in book.reader().every_attachment() if x.stands and x.owner.ledger == "collective"]
    papers = [one["path"] for one in manifest(tmp_path / "档案")["files"] if "/文件/" in one["path"]]
    for one in kept:
        (path,) = [path for path in papers if f"/{one.id:05d} " in path]
        year = one.owner.key[:4] if one.owner.kind == "posting" else "2026"
        assert path.startswith(f"{year}/其他/集体经济组织账/文件/{one.owner.words} ")
    assert {"parcel", "contract", "decision", "posting"} <= {one.owner.kind for one in kept}
    assert len(papers) == len(kept)
