"""附件: kept by digest in the book or beside it, handed out proven, moved while nothing is posted, taken back with a reason."""

from __future__ import annotations

import io
import os
import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from tests.attachments.files import INBOX, PDF, attach, of, photo
from tests.builders import COLLECTIVE, COMMITTEE, LI, ZHAO, Village, mounted
from village_ledger.domain.attachment import Condition, Owner, attachment_rules
from village_ledger.domain.errors import (
    AttachmentError,
    BookFileError,
    DiskFullError,
    DutyError,
    LedgerError,
    TextError,
    VoucherError,
)
from village_ledger.services.attachments import attachments
from village_ledger.storage.attachments.blobs import side_folder

LARGE = PDF + b"\0" * (6 << 20)


@pytest.fixture
def paid(village: Village):
    """A voucher entered in March."""
    village.open_with("借 101 5000", "贷 311 5000")
    return village.entered("2025-03-08", "付办公用品", "借 513 1073.50; 贷 101 1073.50")


def test_a_file_is_kept_in_the_book_and_comes_out_the_same(village, paid, tmp_path):
    file = tmp_path / "发票.pdf"
    file.write_bytes(PDF)
    kept = attach(village, of(paid), file, kind="发票")
    assert (kept.title, kept.kind, kept.size, kept.beside) == ("发票.pdf", "发票", len(PDF), False)
    assert kept.digest == kept.original_digest == sha256(PDF).hexdigest()
    assert attachments.present(village.reader, of(paid)) == 1
    assert attachments.read(village.reader, kept.id) == PDF
    assert not side_folder(village.path).exists()
    assert village.verify() == []


def test_a_large_file_lies_beside_the_book(village, paid, tmp_path):
    file = tmp_path / "工程图.pdf"
    file.write_bytes(LARGE)
    kept = attach(village, of(paid), file)
    assert kept.beside
    assert [p.name for p in side_folder(village.path).iterdir()] == [sha256(LARGE).hexdigest()]
    assert attachments.read(village.reader, kept.id) == LARGE
    assert village.verify() == []


def test_what_is_refused_leaves_nothing_beside_the_book(village, paid, tmp_path):
    file = tmp_path / "工程图.pdf"
    file.write_bytes(LARGE)
    with pytest.raises(AttachmentError, match="没有“图纸”这种附件"):
        attach(village, of(paid), file, kind="图纸")
    with village.book.unit_of_work("王秀英") as uow:  # left without commit
        attachments.attach(uow, of(paid), file)
        assert len(list(side_folder(village.path).iterdir())) == 1
    assert list(side_folder(village.path).iterdir()) == []
    assert attachments.listed(village.reader, of(paid)) == []


def test_half_a_gigabyte_is_refused_before_it_is_read(village, paid, tmp_path):
    file = tmp_path / "录像.pdf"
    with file.open("wb") as out:
        out.write(PDF)
        out.truncate(500 << 20)
    with pytest.raises(
        AttachmentError, match=r"录像.pdf 有 500.0 MB，超过了一个附件的上限 200.0 MB，没有读它"
    ):
        attach(village, of(paid), file)
    with pytest.raises(AttachmentError, match="是空文件"):
        attach(village, of(paid), b"", "空.pdf")


def test_a_photo_is_made_smaller_upright_and_without_its_place(village, paid):
    exif = Image.Exif()
    exif[0x0112] = 6  # taken with the telephone on its side
    exif[0x8825] = {1: "N"}
    original = photo(3000, 2400, exif=exif)
    kept = attach(village, of(paid), original, "现场.jpg")
    assert (kept.kind, kept.media_type, kept.scaled) == ("照片", "image/jpeg", True)
    assert (kept.original_digest, kept.original_size) == (sha256(original).hexdigest(), len(original))
    stored = Image.open(io.BytesIO(attachments.read(village.reader, kept.id)))
    assert stored.size == (1600, 2000)
    assert dict(stored.getexif()) == {}
    assert village.verify() == []


def test_a_small_photo_stays_as_it_came_but_not_with_its_place(village, paid):
    plain = photo(800, 600)
    assert not attach(village, of(paid), plain, "收据.jpg").scaled
    exif = Image.Exif()
    exif[0x8825] = {1: "N"}
    placed = attach(village, of(paid), photo(700, 500, exif=exif), "收据2.jpg")
    assert placed.scaled
    stored = Image.open(io.BytesIO(attachments.read(village.reader, placed.id)))
    assert stored.getexif().get_ifd(0x8825) == {}


def test_a_scan_of_many_pages_stays_whole(village, paid):
    made = io.BytesIO()
    page = Image.new("1", (2600, 3600), 1)
    page.save(made, "TIFF", save_all=True, append_images=[page.copy()], compression="group4")
    kept = attach(village, of(paid), made.getvalue(), "合同扫描.tif")
    assert (kept.scaled, kept.media_type) == (False, "image/tiff")


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"not a picture at all", "照片.jpg", "照片.jpg 不是图片"),
        (photo()[:700], "照片.jpg", "照片.jpg 不是图片，或没有拷完"),
        (b"BM" + b"\0" * 60, "图.bmp", "图.bmp 不是图片"),
        (b"MZ\x90\0", "发票.exe", "不收 发票.exe 这样的文件"),
        (b"MZ\x90\0", "发票.pdf", "发票.pdf 的内容和后缀不符"),
        (b"PK\x03\x04zip", "资料.zip", "不收 资料.zip 这样的文件"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(village, paid, content, name, said):
    with pytest.raises(AttachmentError, match=said):
        attach(village, of(paid), content, name)
    assert attachments.present(village.reader, of(paid)) == 0


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(village, paid):
    made = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(made, "PNG")
    assert len(made.getvalue()) < 100_000
    with pytest.raises(AttachmentError, match="有 20000×20000 个像素，太大了"):
        attach(village, of(paid), made.getvalue(), "图.png")


@pytest.mark.parametrize(
    ("name", "title"),
    [("../../etc/发票.pdf", "发票.pdf"), ("C:\\我的文件\\发票.pdf", "发票.pdf"), ("/发票.pdf/", "发票.pdf")],
)
def test_folders_in_a_name_are_left_behind(village, paid, tmp_path, name, title):
    kept = attach(village, of(paid), PDF, name)
    assert kept.title == title
    saved = attachments.save(village.reader, kept.id, tmp_path)
    assert saved == tmp_path / title


def test_a_name_that_cannot_be_one_is_refused(village, paid):
    for name, error in (("..", AttachmentError), ("票\x00.pdf", TextError), ("票" * 200 + ".pdf", TextError)):
        with pytest.raises(error):
            attach(village, of(paid), PDF, name)


def test_saving_never_replaces_a_file(village, paid, tmp_path):
    kept = attach(village, of(paid), PDF, '收据: "三月"?.pdf')
    assert attachments.save(village.reader, kept.id, tmp_path).name == "收据_ _三月__.pdf"
    assert attachments.save(village.reader, kept.id, tmp_path).name == "收据_ _三月__ (2).pdf"
    with pytest.raises(BookFileError, match="写不了"):
        attachments.save(village.reader, kept.id, tmp_path / "没有的文件夹")


def test_the_same_file_twice_on_one_voucher_is_refused_and_elsewhere_said(village, paid):
    attach(village, of(paid), PDF, "回单.pdf")
    with pytest.raises(AttachmentError, match="已经附在这里了"):
        attach(village, of(paid), PDF, "别名.pdf")
    other = village.entered("2025-03-09", "付电费", "借 513 10; 贷 101 10")
    with village.act() as uow:
        done = attachments.attach(uow, of(other), PDF, "回单.pdf")
    assert done.warnings == (f"同一个文件也附在集体经济组织账 {paid.ref}。",)


def test_the_same_file_may_be_attached_again_once_it_was_taken_back(village, paid):
    first = attach(village, of(paid), PDF, "回单.pdf")
    with village.act() as uow:
        back = attachments.take_back(uow, first.id, "附错了凭证").value
    assert (back.stands, back.taken_back) == (False, "附错了凭证")
    assert attachments.present(village.reader, of(paid)) == 0
    assert [a.id for a in attachments.listed(village.reader, of(paid))] == [first.id]
    assert attach(village, of(paid), PDF, "回单.pdf").id != first.id
    with pytest.raises(AttachmentError, match="已经撤下了"), village.act() as uow:
        attachments.take_back(uow, first.id, "再撤")
    assert village.verify() == []


def test_taking_back_wants_a_reason(village, paid):
    kept = attach(village, of(paid), PDF, "回单.pdf")
    with pytest.raises(VoucherError, match="要写明原因"), village.act() as uow:
        attachments.take_back(uow, kept.id, "  ")


def test_what_waits_goes_to_a_voucher_and_comes_back_while_it_is_not_posted(village, paid):
    kept = attach(village, INBOX, PDF, "回单.pdf")
    with village.act() as uow:
        attachments.move(uow, kept.id, of(paid))
    village.delete_last(paid)
    assert village.reader.attachment(kept.id).owner == INBOX
    again = village.posted("2025-03-08", "付办公用品", "借 513 1; 贷 101 1")
    with village.act() as uow:
        attachments.move(uow, kept.id, of(again))
    with pytest.raises(AttachmentError, match="已记账，附件不能拿走"), village.act() as uow:
        attachments.move(uow, kept.id, INBOX)
    assert village.verify() == []


def test_a_void_voucher_gives_its_attachments_back(village, paid):
    kept = attach(village, of(paid), PDF, "回单.pdf")
    village.void(paid)
    assert village.reader.attachment(kept.id).owner == INBOX
    with pytest.raises(AttachmentError, match="已作废，不能再加附件"):
        attach(village, of(paid), b"%PDF-1.5 x", "另一张.pdf")
    assert village.verify() == []


def test_an_attachment_may_still_come_to_a_posted_voucher_of_a_closed_month(village):
    posted = village.posted("2025-01-08", "收租金", "借 101 600; 贷 501 600")
    village.close_month("2025-01")
    attach(village, of(posted), PDF, "回单.pdf")
    assert village.verify() == []


def test_owners_are_asked_for(village, paid):
    for make, said in (
        (lambda: Owner("狗", COLLECTIVE, "1"), "不能挂附件"),
        (lambda: Owner("contract", COLLECTIVE, " "), "没有写明是哪一个合同"),
        (lambda: attach(village, Owner("voucher", COLLECTIVE, "x"), PDF, "a.pdf"), "不是凭证的编号"),
        (lambda: attach(village, Owner("voucher", COLLECTIVE, "99"), PDF, "a.pdf"), "没有|不在"),
        (lambda: attach(village, Owner("voucher", COMMITTEE, str(paid.id)), PDF, "a.pdf"), "另一本账的凭证"),
        (lambda: attach(village, Owner("contract", "nowhere", "1"), PDF, "a.pdf"), "nowhere"),
        (lambda: village.reader.attachment(7), "没有第 7 号附件"),
    ):
        with pytest.raises(LedgerError, match=said):
            make()
    assert (
        attach(
            village, Owner("decision", "", "青村决〔2025〕3号"), PDF, "签字页.pdf", kind="签字页"
        ).owner.ledger
        == ""
    )


def test_with_staff_only_who_prepares_attaches(village, paid):
    village.hire_four()
    with pytest.raises(DutyError, match="不能填制凭证"), village.act(ZHAO) as uow:
        attachments.attach(uow, of(paid), PDF, "a.pdf")
    kept = attach(village, of(paid), PDF, "a.pdf")
    with pytest.raises(DutyError), village.act(ZHAO) as uow:
        attachments.take_back(uow, kept.id, "x")
    assert kept.by != LI


# what the world does to files


def test_an_attachment_altered_on_disk_is_flagged_everywhere(village, paid):
    kept = attach(village, of(paid), LARGE, "工程图.pdf")
    path = side_folder(village.path) / kept.digest
    path.write_bytes(LARGE[:-1] + b"x")
    assert village.reader.attachment(kept.id).condition is Condition.SOUND  # the same size: asked when opened
    with pytest.raises(AttachmentError, match="“工程图\\.pdf”和存入时不一样，已被改动"):
        attachments.read(village.reader, kept.id)
    assert [(a.id, c) for a, c in attachments.unsound(village.reader)] == [(kept.id, Condition.ALTERED)]
    (finding,) = village.verify()
    assert (finding.rule, finding.record) == ("V76", "账簿旁的附件 工程图.pdf")
    path.write_bytes(LARGE[:-1])
    assert village.reader.attachment(kept.id).condition is Condition.ALTERED


def test_a_missing_side_folder_is_said_and_the_book_goes_on(village, paid):
    assert attachments.missing_folder(village.reader) == ""
    kept = attach(village, of(paid), LARGE, "工程图.pdf")
    side_folder(village.path).rename(village.path.with_name("别处"))
    assert (
        "账簿旁边没有“青山村.vledger.attachments”文件夹，1 个大附件打不开；账可以照常记"
        in attachments.missing_folder(village.reader)
    )
    assert village.reader.attachment(kept.id).condition is Condition.MISSING
    with pytest.raises(AttachmentError, match="文件不见了"):
        attachments.read(village.reader, kept.id)
    village.entered("2025-03-09", "付电费", "借 513 10; 贷 101 10")
    attach(village, INBOX, LARGE, "工程图.pdf")  # the same file again puts it back
    assert attachments.read(village.reader, kept.id) == LARGE
    assert attachments.missing_folder(village.reader) == ""


def test_a_full_disk_leaves_no_half_attachment(tmp_path):
    with mounted("-t", "tmpfs", "-o", "size=3m", "tmpfs") as disk:
        if disk is None:
            pytest.skip("mounting is not allowed here")
        source = tmp_path / "工程图.pdf"
        source.write_bytes(LARGE)
        with Village.found(disk) as village:
            with pytest.raises(DiskFullError, match="没能存附件：磁盘已满"):
                attach(village, INBOX, source)
            assert list(side_folder(village.path).iterdir()) == []
            middle = PDF + os.urandom(4 << 20)
            with pytest.raises(DiskFullError, match="磁盘已满"):
                attach(village, INBOX, middle, "中.pdf")
            assert village.verify() == []


def test_raw_sql_is_refused(village, paid):
    kept = attach(village, of(paid), PDF, "回单.pdf")
    village.review(paid)
    village.post(village.again(paid))
    with village.raw() as raw:
        for sql in (
            "DELETE FROM attachment",
            "UPDATE attachment SET title = 'x'",
            "UPDATE attachment SET owner_kind = 'inbox', owner_key = ''",
            "UPDATE blob SET content = x'00'",
            "DELETE FROM blob",
            "INSERT OR REPLACE INTO attachment SELECT * FROM attachment",
            "INSERT OR REPLACE INTO blob SELECT * FROM blob",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="附件"):
                raw.execute(sql)
    assert village.reader.attachment(kept.id).title == "回单.pdf"


def test_verify_notices_what_was_done_behind_our_back(village, paid):
    kept = attach(village, of(paid), PDF, "回单.pdf")
    other = attach(village, INBOX, b"%PDF-1.7", "合同.pdf")
    with village.act() as uow:
        attachments.take_back(uow, other.id, "附错")
    with village.raw() as raw:
        raw.execute("DROP TRIGGER attachment_update")
        raw.execute("DROP TRIGGER attachment_taken_back_no_delete")
        raw.execute("DROP TRIGGER blob_no_update")
        raw.execute("UPDATE attachment SET kind = '合同', owner_key = '77' WHERE id = ?", (kept.id,))
        raw.execute("DELETE FROM attachment_taken_back")
        raw.execute("UPDATE blob SET content = ? WHERE digest = ?", (PDF[:-1] + b"x", kept.digest))
    said = [f"{f.record} {f.text}" for f in village.verify() if f.rule == "V76"]
    assert said == [
        f"附件 {kept.id} 和收进来时的记录不符",
        f"附件 {kept.id} 挂的地方和操作日志不符",
        f"附件 {other.id} 撤下的记录和操作日志不符",
        "附件文件 回单.pdf 已被改动",
    ]


def test_the_rules_are_read_once_and_fit(village):
    rules = attachment_rules()
    assert rules.inside < rules.largest
    assert Path("a").suffix == ""
    assert {"发票", "合同", "照片", "签字页", "其他"} <= set(rules.kinds)
