"""``panel``: lots drawn, seats and signatures of 六手印记."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from village_ledger.cli.decisions import ensure_given, write_text
from village_ledger.cli.talk import say, say_all
from village_ledger.cli.writing import writing
from village_ledger.i18n import tr
from village_ledger.storage.file.book_file import Access, open_book

if TYPE_CHECKING:
    from village_ledger.storage.decisions.records import Panel


def run_panel(asked: Namespace) -> int:
    """One of the acts of a panel."""
    acts = {
        "draw": _draw,
        "seat": _seat,
        "sign": _sign,
        "show": _show_panel,
        "list": _show_list,
        "duty": _duty,
    }
    needs = {
        "draw": ("decision",),
        "seat": ("decision", "place", "name"),
        "sign": ("decision", "stage", "place", "date"),
        "show": ("decision",),
        "duty": ("required",),
    }
    ensure_given(asked, "panel", needs.get(asked.act, ()))
    return acts[asked.act](asked)


def _draw(asked: Namespace) -> int:
    from village_ledger.services.decisions.panels import draw_lots, substitute

    if asked.substitute_for is not None:
        ensure_given(asked, "panel", ("reason",))
        with writing(asked) as uow:
            done = substitute(uow, asked.decision, asked.substitute_for, asked.reason)
            uow.commit()
    else:
        ensure_given(asked, "panel", ("seed",))
        with writing(asked) as uow:
            done = draw_lots(uow, asked.decision, asked.seed)
            uow.commit()
    say_all(done.warnings)
    _write_panel(asked, done.value)
    return 0


def _write_panel(asked: Namespace, panel: Panel) -> None:
    """Seed, digest and whom the lots fell on."""
    shown = panel_json(asked.decision, panel)
    if asked.format == "json":
        write_text(asked, json.dumps(shown, ensure_ascii=False, indent=2))
        return
    lines = [tr("种子\t{seed}", seed=panel.seed), tr("名单摘要\t{digest}", digest=panel.list.digest)]
    lines += [f"{row['register']}\t{row['name']}" for row in shown["rows"]]
    lines += [f"{seat['role']}\t{seat['name']}" for seat in shown["fixed"]]
    write_text(asked, "\n".join(lines))


def panel_json(number: str, panel: Panel) -> dict[str, Any]:
    """A panel as others read it: ``rows`` are the four drawn, in the order of the registers."""
    lots = {drawn.id: drawn.lot for drawn in panel.lots}
    rows: list[dict[str, Any]] = []
    fixed: list[dict[str, Any]] = []
    for place, seat in sorted(panel.seats.items()):
        if seat.lot_id is None:
            fixed.append({"place": place, "role": seat.role, "name": seat.name})
            continue
        lot = lots[seat.lot_id]
        rows.append(
            {
                "register": lot.register,
                "name": seat.name,
                "index": lot.index,
                "eligible": lot.eligible,
                "round": lot.round,
            }
        )
    signs = [
        {
            "stage": sign.stage.value,
            "place": sign.place,
            "name": sign.name,
            "verdict": sign.verdict,
            "opinion": sign.opinion,
            "date": sign.day.isoformat(),
            "on_paper": sign.on_paper,
        }
        for sign in panel.signs.values()
    ]
    return {
        "decision": number,
        "seed": panel.seed,
        "list_digest": panel.list.digest,
        "rows": rows,
        "fixed": fixed,
        "signs": signs,
    }


def _seat(asked: Namespace) -> int:
    from village_ledger.services.decisions.panels import take_seat

    with writing(asked) as uow:
        done = take_seat(uow, asked.decision, asked.place, asked.name, asked.kind or "", asked.reason or "")
        uow.commit()
    seat = done.value.seats[asked.place]
    say(tr("第 {place} 席：{role} {name}。", place=seat.place, role=seat.role, name=seat.name))
    return 0


def _sign(asked: Namespace) -> int:
    from village_ledger.domain.decision import Stage
    from village_ledger.services.decisions.panels import Signature, sign

    said = Signature(
        asked.verdict, asked.date, asked.opinion or "", not asked.not_on_paper, asked.reason or ""
    )
    with writing(asked) as uow:
        done = sign(uow, asked.decision, Stage(asked.stage), asked.place, said)
        uow.commit()
    words = tr("第 {place} 席签了“{stage}”。", place=asked.place, stage=Stage(asked.stage).words)
    say(words + (tr("六人评议签完，卷宗归档。") if done.value.progress.ended else ""))
    return 0


def _duty(asked: Namespace) -> int:
    from village_ledger.services.decisions.panels import set_duty

    with writing(asked) as uow:
        set_duty(uow, required=asked.required == "yes")
        uow.commit()
    say(tr("该抽六手印的事一定要抽。") if asked.required == "yes" else tr("抽不抽六手印由村里定。"))
    return 0


def _show_panel(asked: Namespace) -> int:
    from village_ledger.domain.errors import DecisionError

    with open_book(asked.book, Access.READ) as book:
        reader = book.reader()
        panel = reader.panel(reader.decision(asked.decision).id)
    if panel is None:
        raise DecisionError(tr("{number} 还没有抽签", number=asked.decision), tr("请先抽签。"))
    _write_panel(asked, panel)
    return 0


def _show_list(asked: Namespace) -> int:
    from village_ledger.domain.errors import DecisionError

    with open_book(asked.book, Access.READ) as book:
        known = book.reader().panel_list()
    if known is None:
        raise DecisionError(tr("还没有导入六手印记的名单"), tr("请用 import panel 导入。"))
    if asked.format == "json":
        rows = [{"register": row.register, "name": row.name, "avoid": row.avoids} for row in known.rows]
        write_text(
            asked, json.dumps({"list_digest": known.digest, "rows": rows}, ensure_ascii=False, indent=2)
        )
        return 0
    lines = [tr("名单摘要\t{digest}", digest=known.digest)]
    lines += [
        f"{row.number}\t{row.register}\t{row.name}\t{'回避' if row.avoids else ''}" for row in known.rows
    ]
    write_text(asked, "\n".join(lines))
    return 0
