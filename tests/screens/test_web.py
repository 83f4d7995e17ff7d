"""The page that holds a desk in a browser speaks as the desk does."""

from __future__ import annotations

from importlib.resources import files

from clerk.locale import use_language
from screens.web import speak


def test_nothing_of_the_page_stays_in_english() -> None:
    page = (files("textual_serve") / "templates" / "app_index.html").read_text("utf-8")
    assert all(f">{one}<" in page for one in ("Session ended.", "Start", "Restart"))
    use_language("zh_CN")
    told = speak(page)
    assert not any(f">{one}<" in told for one in ("Session ended.", "Start", "Restart"))
    assert ">窗口已关闭，已填内容均已保存。<" in told
    assert ">重新打开<" in told
