"""The documentation site: what its hooks make of the top-level pages and of the gallery's photographs."""

from __future__ import annotations

from pathlib import Path

from tools.docs_site import for_the_site, screens_page
from tools.language import docstrings, odd


def test_links_of_the_readme_lead_to_pages_of_the_site() -> None:
    assert for_the_site("[a](docs/fares.md) [b](CONTRIBUTING.md)") == "[a](fares.md) [b](contributing.md)"


def test_links_to_files_outside_the_site_become_text() -> None:
    assert (
        for_the_site("[中文](README.zh-CN.md), [why](docs/decisions)") == "中文, [why](decisions/README.md)"
    )


def test_photographs_are_shown_under_their_screen_in_the_light_theme_only() -> None:
    page = screens_page(
        ["idle-800x480-en-light.png", "idle-800x480-en-high_contrast.png", "pin-800x480-zh_CN-light-easy.png"]
    )
    assert page.index("## idle") < page.index("idle-800x480-en-light.png") < page.index("## pin")
    assert "high_contrast" not in page


def test_odd_docstrings_are_found_and_plain_ones_are_not(tmp_path: Path) -> None:
    plain = ["Store the credential in the session.", "Apply one transaction.", "The reader's name.", ""]
    strange = ["Who came, put where the service waits.", "Whose business it is.", "A day is told once."]
    assert [odd(text) for text in plain + strange] == [False] * 4 + [True] * 3
    module = tmp_path / "module.py"
    module.write_text(
        '"""One."""\nX = 1\n"""Two."""\nclass A:\n    """Three."""\n    def b(self):\n        """Four."""\n'
    )
    assert [each.text for each in docstrings(module)] == ["One.", "Two.", "Three.", "Four."]
