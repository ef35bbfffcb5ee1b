"""Pictures of the pages, made by hand: `.venv/bin/python -m tests.browser.screens [FOLDER [--all]]`.

Without --all every page once at 1366x768, as they are kept in docs/screens; with it wide and narrow, light and dark,
in both languages, and on paper (PDF).
"""

import sys
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser

from cancu.graph.publish import publish
from tests.browser.chromium import chromium, served

PLAN = "/nhiem-vu/chi-linh/2023/kstthc-mot-cua"
DECISION = "/van-ban/ubnd-tp-chi-linh/quyet-dinh/chua-so/2023-02/ke-hoach-kstthc-mot-cua-2023"
KEPT = {
    "home": "/",
    "task-ii-5": f"{PLAN}/ii-5",
    "reader": "/tai-lieu/2b5fa963#c9844-9856",
    "agency": "/co-quan/chi-linh/ubnd-phuong-cong-hoa",
    "proof-ii-5": f"{PLAN}/ii-5/can-cu",
    "luoc-do-61-2018": "/van-ban/chinh-phu/nghi-dinh/2018/61-2018-nd-cp?ngay=2026-11-22",
    "cho-trong": "/cho-trong",
    "network": "/mang-luoi?goc-nhin=co-quan-co-quan&chon=to-chuc/chi-linh/van-phong",
    "network-office": "/mang-luoi?nut=to-chuc/chi-linh/phong-noi-vu&chon=to-chuc/chi-linh/phong-noi-vu",
    "network-path": "/mang-luoi?cach=named&nhom=giu&tu=to-chuc/chi-linh/phong-noi-vu&den=to-chuc/chi-linh/cong-thong-tin-dien-tu",
    "question-a5": "/cau-hoi/A5?document=61/2018/NĐ-CP",
}
OTHERS = {
    "task-iii-6": f"{PLAN}/iii-6",
    "proof-ii-1": f"{PLAN}/ii-1/can-cu?ngay=2026-11-22",
    "fall": "/van-ban/chinh-phu/nghi-dinh/2010/63-2010-nd-cp/neu-het-hieu-luc",
    "force": "/hieu-luc?ngay=2026-11-22",
    "filtered": "/?agency=Phòng+Nội+vụ&role=coordinate",
    "target": f"{PLAN}/phu-luc-2/ii-16",
    "article": f"{DECISION}/dieu-2/khoan-4",
    "group": "/nhom/chi-linh/ubnd-cac-xa-phuong",
    "document": "/van-ban/chinh-phu/nghi-dinh/2018/61-2018-nd-cp",
    "decision": DECISION,
    "agencies": "/co-quan?sap-xep=-lead-named",
    "groups": "/co-quan?loai=nhom",
    "inspections": "/kiem-tra",
    "measures": "/mang-luoi/phep-do",
    "measure-load": "/mang-luoi/phep-do/tai-viec",
    "year": "/lich",
    "months": "/lich?ky=thang",
    "help": "/tro-giup",
    "style": "/kieu",
    "documents": "/tai-lieu",
    "questions": "/cau-hoi",
    "question-bad": "/cau-hoi/A5?document=61/2019",
    "sparql": "/sparql?query=SELECT+?task+?title+WHERE+{+?task+a+cancu:PlanTask+;+dcterms:title+?title+}+ORDER+BY+?task",
    "about": "/gioi-thieu",
    "resource": "/chi-tiet/dm/vai-tro/chu-tri",
    "missing": "/khong-co",
}
WIDE, NARROW = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


def picture(browser: Browser, address: str, path: Path, **options: object) -> None:
    """One picture of what stands on the screen; a PDF if the file is named so."""
    context = browser.new_context(**options)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    if path.suffix == ".pdf":
        page.pdf(path=path, prefer_css_page_size=True, print_background=True)
    else:
        page.screenshot(path=path, full_page=bool(options.get("is_mobile")))
    context.close()


def main(folder: Path, everything: bool) -> None:
    """Make the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        publish(Path(home))
        with served(Path(home)) as address, chromium() as browser:
            for name, page in (KEPT | OTHERS).items():
                picture(browser, address + page, folder / f"{name}.png", viewport=WIDE)
            if not everything:
                return
            pages = KEPT | OTHERS
            for (name, page), language in product(pages.items(), ("vi", "en")):
                mark = "#" if "#" not in page else ""
                where, _, words = (address + page + mark).partition("#")
                where += f"{'&' if '?' in where else '?'}lang={language}#{words}"
                stem = f"{name}-{language}"
                for scheme in ("light", "dark"):
                    picture(
                        browser,
                        where,
                        folder / f"{stem}-{scheme}.png",
                        viewport=WIDE,
                        color_scheme=scheme,
                    )
                picture(
                    browser, where, folder / f"{stem}-narrow.png", viewport=NARROW, is_mobile=True
                )
                picture(browser, where, folder / f"{stem}.pdf")


if __name__ == "__main__":
    target = next((Path(a) for a in sys.argv[1:] if not a.startswith("-")), Path("docs/screens"))
    main(target, "--all" in sys.argv)
