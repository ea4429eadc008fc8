"""Make the book of the present format that later releases must open: ``python -m tests.old_books.make``.

Run once, by the release that first writes a format; the file is never changed afterwards. An invented village with a
little of everything: openings, both ledgers, sub-accounts, a reversal, a void page, a draft, a closed month.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import date, datetime
from pathlib import Path

from tests import decision_village
from tests.assets.asset_village import a_card
from tests.builders import COLLECTIVE, COMMITTEE, Village, draft
from tests.contracts import lets
from tests.parcels import land
from tests.review import township
from tests.shares_village import ShareVillage
from village_ledger.domain import contract as letting
from village_ledger.domain.asset import Facts, Use
from village_ledger.domain.attachment import Owner
from village_ledger.domain.claim import Claim, ClaimLine, Settle
from village_ledger.domain.decision import Stage
from village_ledger.domain.electronic_invoice import ElectronicInvoice, InvoiceKind, InvoiceLine
from village_ledger.domain.handover import Parties, Place
from village_ledger.domain.limit import Approval
from village_ledger.domain.member import Reason, Status
from village_ledger.domain.merger import Matter, NewCode
from village_ledger.domain.new_person import NewPerson
from village_ledger.domain.period import Month, Span
from village_ledger.domain.posting import Opinion
from village_ledger.domain.project import Budget, Card
from village_ledger.domain.receipt_book import Act, Numbers, ReceiptEvent
from village_ledger.domain.remarks import Remark, Remarks
from village_ledger.domain.review_check import Severity
from village_ledger.domain.stock_take import Persons
from village_ledger.domain.voucher import StoredVoucher
from village_ledger.exchange.separation.import_old import OldOptions, import_old, read_old
from village_ledger.reports.catalogue import ReportRequest
from village_ledger.reports.catalogue import make as make_report
from village_ledger.reports.disclosure.editions import register_all
from village_ledger.reports.pens.check_code import figures_json
from village_ledger.services.assets import cards, depreciation, disposal
from village_ledger.services.attachments import attachments, e_invoices
from village_ledger.services.bank import cash_counts
from village_ledger.services.claims import claims, receipt_books
from village_ledger.services.contracts import contracts
from village_ledger.services.contracts.receipts import Received, receive
from village_ledger.services.contracts.rent_drafts import accrue
from village_ledger.services.counting import confirmation, stock_takes
from village_ledger.services.disclosure import calendar_acts, objections, posting_sets, postings, registering
from village_ledger.services.disclosure.objections import Heard
from village_ledger.services.handover import handovers, old_matters
from village_ledger.services.limits import incomplete, limit_rules, limit_sets, payments
from village_ledger.services.parcels import parcels
from village_ledger.services.people import people
from village_ledger.services.projects import projects
from village_ledger.services.review import remarks_in
from village_ledger.services.review.reviewer_key import reviewer_key
from village_ledger.storage.merger.inspection import MERGED, record_of
from village_ledger.storage.merger.register import MergerHead, MergerRegister, SourceFacts
from village_ledger.storage.spec import FORMAT


def hand_in_a_claim(village: Village) -> None:
    """What format 2 added, in small: a 报账单 that became a voucher, a book of receipts with one number used."""
    day = date(2025, 3, 20)
    line = ClaimLine(day, "购打印纸", 120_00, "51301", handler="陈秀英", witness="周德清", approver="赵永康")
    with village.act() as uow:
        claims.register_claimant(uow, COLLECTIVE, "陈秀英", "113")
        claim = Claim("陈秀英", day, Settle.CASH, "101", (line,))
        claims.book(uow, claims.submit(uow, COLLECTIVE, claim).value.id)
        receipt_books.register(uow, COLLECTIVE, "内部收据", "000001", "000050", day)
        for act, fen in ((Act.ISSUE, 0), (Act.USE, 600_00)):
            event = ReceiptEvent(0, act, Numbers(1, 1), "何小莉", day, fen)
            receipt_books.write(uow, COLLECTIVE, "内部收据", event)


def grant_shares(village: ShareVillage) -> None:
    """What format 3 added, in small: three people of two households, one number sealed, a grant, a transfer, a pledge."""
    day = date(2019, 11, 30)
    with village.act() as uow:
        for household, name, number in (
            ("001", "张三", "519904196809060439"),
            ("001", "李四", ""),
            ("002", "王五", ""),
        ):
            relation = "户主" if name != "李四" else "配偶"
            new = NewPerson(
                name,
                household,
                relation,
                id_number=number,
                status=Status.MEMBER,
                reason=Reason.REGISTERED,
                confirmed_on=day,
            )
            people.add(uow, new, "2019年名册")
    village.share("grant", "2025-01-10", to="001/张三=100, 001/李四=50, 002/王五=50, 集体=20")
    village.share("transfer", "2025-02-10", "001/张三", "002/王五", "10")
    village.share("pledge", "2025-03-10", "001/李四", "", "5", party="农商行", contract="农商质字1号")


def decide(village: Village) -> None:
    """What format 4 added of decisions, in small: a file as far as its published resolution, its panel, six signatures."""
    number = decision_village.opened(village)
    decision_village.drawn(village, number)
    decision_village.steps(village, number, "consulted", "reviewed")
    decision_village.signed(village, number, Stage.PROPOSAL)
    decision_village.steps(village, number, "resolved", "published")


def register_land(village: Village) -> None:
    """What format 4 added of land, in small: a parcel split in two, one part sketched."""
    land.register(village, "T01", "10", used_by="张三")
    land.split(village, "T01", "2025-03-01", **{"T01-1": "4", "T01-2": "6"})
    with village.act() as uow:
        parcels.sketch(uow, COLLECTIVE, "T01-1", land.square(51.64), date(2025, 3, 1), "皮尺丈量")


def attach_a_photo(village: Village, voucher: StoredVoucher) -> None:
    """What format 4 added, in small: a receipt on a voucher, another taken back, an electronic invoice that waits."""
    owner, waiting = Owner("voucher", COLLECTIVE, str(voucher.id)), Owner("inbox", COLLECTIVE)
    line = InvoiceLine("*纸制品*复印纸", 10000, 100, 10100)
    number, day = "24990000000000000017", date(2025, 2, 20)
    invoice = ElectronicInvoice(
        InvoiceKind.VAT, number, day, "某文具店", "青山村", 10000, 100, 10100, (line,)
    )
    with village.act() as uow:
        attachments.attach(uow, owner, "收条：电费 120 元".encode(), "收条.txt", "收据")
        wrong = attachments.attach(uow, owner, "附错的收条".encode(), "附错.txt", "收据").value
        attachments.take_back(uow, wrong.id, "附错了凭证")
        e_invoices.take(uow, waiting, b"<EInvoice/>", "发票.xml", invoice)


def let_a_shop(village: Village) -> None:
    """What format 4 added of contracts, in small: a shop let, its rent owed and paid in part, a rise agreed for later."""
    lets.signed(village)
    with village.act() as uow:
        accrue(uow, COLLECTIVE, Month(2025, 2))
        receive(uow, COLLECTIVE, "青合2025-01", Received(date(2025, 3, 6), 300000, "101", attachments=1))
        act, status = letting.Act.AMOUNT, letting.Status.CHANGED
        rise = letting.Change(date(2026, 1, 1), act, status, 500000, basis="补充协议")
        contracts.change(uow, COLLECTIVE, "青合2025-01", rise)


def keep_cards(village: Village) -> None:
    """What format 4 added of assets, in small: two cards, a month charged, one moved, one scrapped."""
    machine = a_card("J001", opening=0, in_use=date(2025, 1, 10), cost=120_000, salvage=0, months=12)
    with village.act() as uow:
        cards.add_all(uow, COLLECTIVE, [(machine, Facts(Use.OPERATING)), (a_card(), Facts(Use.WELFARE))])
        depreciation.depreciate(uow, COLLECTIVE, Month(2025, 2))
        cards.say(uow, COLLECTIVE, "J001", date(2025, 3, 2), Facts(Use.OFFICE, keeper="陈秀英"))
        disposal.dispose(uow, COLLECTIVE, "J009", date(2025, 3, 20), "报废", basis="青股社〔2025〕3号")


def count_and_hand_over(village: Village) -> None:
    """What format 4 added of counting and handing over, in small: a counted day, a list that was signed, an old matter."""
    day = date(2025, 3, 31)
    with village.act() as uow:
        stock_takes.begin(uow, COMMITTEE, day, Persons("赵永康", "陈秀英", "周德清"))
        stock_takes.fill(uow, COMMITTEE, day)
        stock_takes.agree(uow, COMMITTEE, day)
        confirmation.finish(uow, COMMITTEE, day)
        cash_counts.count(uow, COMMITTEE, "1001", day, {}, 50_00)
        number = handovers.begin(
            uow, day, Parties("会计", "王秀英", "何小莉", "周德清"), COMMITTEE
        ).value.number
        handovers.make_list(uow, number)
        handovers.tick_rest(uow, number)
        handovers.sign(uow, number, Place.GIVER, day)
        old_matters.gather(uow, COLLECTIVE, date(2025, 3, 1))


def limit_and_build(village: Village) -> None:
    """What format 4 added of limits and projects, in small: rules adopted, a payment approved, an advance, a project begun."""
    day = date(2025, 3, 25)
    with village.act() as uow:
        limit_sets.adopt(uow, COMMITTEE, limit_rules.preset("D"), day, "镇政发〔2024〕9号")
    spent = village.entered("2025-03-26", "买桌椅", "借 5102 800; 贷 1002 800", COMMITTEE)
    left = village.entered("2025-03-27", "修路灯", "借 5103 600; 贷 1002 600", COMMITTEE)
    signed = {"handler": "何小莉", "head": "周主任", "finance-group": "郑代表"}
    with village.act() as uow:
        payments.approve(uow, spent.id, Approval("", signed, {"invoice": 1}))
        incomplete.as_advance(uow, left.id, "灯具店")
        projects.write(uow, COLLECTIVE, "通组公路", day, Card("works", "硬化 1.2 公里"))
        projects.write(uow, COLLECTIVE, "通组公路", day, Budget((("路面", 80_000_00),)))


def publish(village: Village) -> None:
    """What format 5 added of the calendar, in small: rules followed, something excused, something asked for."""
    with village.act() as uow:
        calendar_acts.adopt(uow, COMMITTEE, calendar_acts.Choice("shandong"), date(2025, 2, 1), "省条例")
        january = Span.of_month(Month(2025, 1))
        asked = date(2025, 3, 20)
        calendar_acts.write_matter(uow, COMMITTEE, "request", asked, "有人要求公开路灯账", january)
        quarter = Span(date(2025, 1, 1), date(2025, 3, 31))
        calendar_acts.excuse(uow, COLLECTIVE, "quarter", quarter, "停电", date(2025, 5, 1))


def take_over_old(village: Village, folder: Path) -> None:
    """What format 5 added of books of other programs, in small: one voucher of another program's journal."""
    journal = folder / "序时账.csv"
    journal.write_text(
        "日期,凭证字号,摘要,科目代码,科目名称,借方,贷方\n"
        "2025-06-01,转 - 1,收门面租金,101,现金,50.00,\n"
        ",,收门面租金,501.01,经营收入 - 租赁收入,,50.00\n",
        encoding="utf-8",
    )
    with village.act() as uow:
        reading = read_old(uow.reader, COLLECTIVE, [journal])
        import_old(uow, COLLECTIVE, reading, OldOptions())


def be_merged(village: Village) -> None:
    """A merger without balances to take over, as a federation is: two sources, a household renumbered, a matter left open."""
    day = date(2024, 12, 31)
    with village.act() as uow:
        register = MergerRegister(uow)
        sources = [
            SourceFacts(
                number, name, f"uid-{number}", f"{name}.vledger", f"{name}股份经济合作社", "", {}, bytes(32)
            )
            for number, name in enumerate(("甲村", "乙村"), 1)
        ]
        for source in sources:
            register.add_source(source)
        register.add_codes([NewCode(2, "household", "", "001", "乙001")])
        register.add_matters([Matter(2, "收据", "内部收据 000051—000100", "请换领新的收据。")])
        seal = register.seal(MergerHead("B", day, "none", None, "", ""))
        subject, detail = record_of("B", day.isoformat(), [(x.village, x.digest) for x in sources], seal)
        uow.log.add(MERGED, subject=subject, detail=detail)


def hang_a_sheet(village: Village) -> None:
    """What format 5 added of postings, in small: a sheet checked, hung, objected to, answered."""
    january = Span.of_month(Month(2025, 1))
    table = make_report(village.reader, "disclosure", ReportRequest(COLLECTIVE, january))
    with village.act() as uow:
        code = table.check_code or ""
        registering.register(uow, code, COLLECTIVE, table.report, january, figures_json(table))
        number = posting_sets.open_posting(uow, COLLECTIVE, january).value.number
        people, day = ("孙国强", "周玉梅"), date(2025, 2, 8)
        postings.review(uow, COLLECTIVE, number, Opinion.AGREED, people, day)
        postings.post(uow, COLLECTIVE, number, date(2025, 2, 10), "村委会门前公开栏")
        heard = Heard("张三", "门面租金是几月的", code)
        said = objections.object_to(uow, COLLECTIVE, number, date(2025, 2, 12), heard).value
        objections.answer(uow, COLLECTIVE, said.number, date(2025, 2, 13), "王秀英", "是 1 月的")


def correct_a_sheet(village: Village) -> None:
    """What format 5 added of versions, in small: a sheet of an open month, a late voucher, its correction with a reason."""
    request = ReportRequest(COLLECTIVE, Span.of_month(Month(2025, 3)))
    with village.act() as uow:
        register_all(uow, [make_report(uow.reader, "disclosure", request)])
    village.posted("2025-03-29", "付公告栏修理费", "借 51301 40; 贷 101 40")
    with village.act() as uow:
        register_all(uow, [make_report(uow.reader, "disclosure", request)], "漏记一张收据")


def send_a_package(village: Village, folder: Path) -> None:
    """What format 5 added of review, in small: a signed package, a remark that came back, its answer."""
    made, key = township.sent(village, folder), reviewer_key(folder / "reviewer.key")
    said = Remarks(
        made.digest.hex(),
        made.manifest.book,
        made.manifest.village,
        "张审",
        "溪口镇农经站",
        datetime.fromisoformat("2025-07-01T09:00:00"),
        key.public,
        (Remark(1, COLLECTIVE, "2025-02/记-0001", Severity.PLAIN, "请附承包合同", "R23"),),
    )
    with village.act() as uow:
        remarks_in.take_in(uow, said.signed(key.sign(said.to_sign())).to_bytes())
        remarks_in.answer(uow, 1, 1, "合同已附")


def make(target: Path) -> None:
    """Write the book; refuses to touch one that is there."""
    if target.exists():
        raise SystemExit(f"{target.name} is there already; a released book never changes")
    with tempfile.TemporaryDirectory() as folder:
        with ShareVillage.found(Path(folder)) as village:
            village.open_with("借 101 1200", "借 113@张三 300", "借 153#通组路 500", "贷 311 2000")
            village.open_with("借 1001 80", "贷 3101 80", ledger=COMMITTEE)
            village.add_account("513", "办公费")
            village.posted("2025-01-08", "收门面租金", "借 101 600; 贷 501 600")
            village.close_month("2025-01")
            village.posted("2025-02-08", "收张三承包款", "借 101 300; 贷 113@张三%一组 300")
            wrong = village.posted("2025-02-09", "付电费", "借 51301 210; 贷 101 210")
            red = village.reverse(wrong, "2025-02-20")
            village.review(red)
            village.post(red)
            village.void(village.entered("2025-02-21", "填错", "借 101 1; 贷 501 1"))
            attach_a_photo(village, village.entered("2025-02-22", "付电费", "借 51301 120; 贷 101 120"))
            village.posted("2025-03-12", "发误工补贴", "借 5101 30; 贷 1001 30", COMMITTEE)
            village.autosave(draft("2025-03-15", "没有记完的", "借 101 5"))
            hand_in_a_claim(village)
            grant_shares(village)
            count_and_hand_over(village)
            decide(village)
            register_land(village)
            let_a_shop(village)
            keep_cards(village)
            take_over_old(village, Path(folder))
            limit_and_build(village)
            publish(village)
            hang_a_sheet(village)
            correct_a_sheet(village)
            send_a_package(village, Path(folder))
            be_merged(village)
            assert village.verify() == []
            path = village.path
        shutil.copyfile(path, target)


if __name__ == "__main__":
    make(Path(__file__).with_name(f"format{FORMAT}.vledger"))
