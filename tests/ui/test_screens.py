"""Every screen at every size, in both languages, themes and in easy mode: nothing wrong in its layout."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMetaObject

from ui.gallery import SIZES, Look, Studio, views
from ui.inspection import Inspection, visible
from ui.service_specimens import every_specimen

LOOKS = [
    look
    for size in SIZES
    for look in (Look(size, "zh_CN", "light", False), Look(size, "en", "high_contrast", True))
] + [Look((1280, 800), "zh_CN", "light", True), Look((1280, 800), "en", "light", False)]
"""Each size in both languages, themes and modes; the gallery inspects all of them together."""

FINE = 141


@pytest.mark.parametrize("look", LOOKS, ids=[look.name for look in LOOKS])
def test_nothing_is_wrong_with_any_screen(studio: Studio, look: Look) -> None:
    found = []
    for name, counter, voice in views():
        studio.show(counter, look, voice)
        inspection = Inspection(studio.window.window)
        assert inspection.texts, name
        found += [f"{name}: {fault}" for fault in inspection.faults()]
    assert found == []


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080)])
def test_on_a_fine_panel_every_word_keeps_its_place(studio: Studio, size: tuple[int, int]) -> None:
    """141 dots per inch: 15.6 inches of full HD, upright or not."""
    studio.model.set_density(FINE)
    found = []
    try:
        for language, easy in (("zh_CN", True), ("zh_CN", False), ("en", True), ("en", False)):
            for name, counter, voice in views():
                studio.show(counter, Look(size, language, "light", easy), voice)
                faults = Inspection(studio.window.window, FINE / 96).faults()
                found += [f"{name} {language} {easy}: {fault}" for fault in faults]
    finally:
        studio.model.set_density(96)
    assert found == []


def test_on_a_fine_panel_all_that_is_found_has_its_page(studio: Studio) -> None:
    studio.model.set_density(FINE)
    try:
        studio.show(every_specimen()["search-found"], Look((1920, 1080), "zh_CN", "light", True))
        options = studio.model.screen["options"]
        seen = set()
        for _ in options:
            targets = Inspection(studio.window.window).targets
            seen |= {str(item.property("text")) for item in targets}
            (more,) = (item for item in targets if item.objectName() == "more")
            QMetaObject.invokeMethod(more, "click")
            studio.window.photograph()
        assert {option["label"] for option in options} <= seen
    finally:
        studio.model.set_density(96)


def test_no_name_or_title_of_one_person_is_left_for_the_next(studio: Studio) -> None:
    look = Look((1280, 800), "zh_CN", "light", False)
    everyone = every_specimen()
    studio.show(everyone["basket-20"], look)
    assert "刘*勇" in {item.property("text") for item in Inspection(studio.window.window).texts}
    studio.show(everyone["idle"], look)
    left = " ".join(str(item.property("text")) for item in visible(studio.window.window.contentItem()))
    assert "刘*勇" not in left
    assert "红楼梦" not in left
