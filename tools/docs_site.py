"""Hooks of MkDocs: pages that are made from files outside docs/, and the screens of the gallery.

``index.md``, ``contributing.md`` and ``changelog.md`` are the README, CONTRIBUTING and CHANGELOG, links
made relative to docs/; ``screens.md`` shows each photograph of build/gallery in the light theme, by screen.
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parent.parent
GALLERY = ROOT / "build" / "gallery"
PAGES = {"index.md": "README.md", "contributing.md": "CONTRIBUTING.md", "changelog.md": "CHANGELOG.md"}
PICTURE = re.compile(r"(?P<screen>.+)-(?P<size>\d+x\d+)-(?P<language>\w+)-light(?P<easy>-easy)?\.png")
OUTSIDE = {"docs/": "", "CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md"}
NOT_IN_THE_SITE = re.compile(
    r"\[([^\]]+)\]\((?:README\.zh-CN\.md|SECURITY\.md|LICENSE|\.\./[^)]*|(?:config|tests)/[^)]*)\)"
)


def for_the_site(text: str) -> str:
    """Rewrite links of a top-level page to their places in the site; others become plain text."""
    text = NOT_IN_THE_SITE.sub(r"\1", text)
    for before, after in OUTSIDE.items():
        text = text.replace(f"]({before}", f"]({after}")
    return text.replace("](decisions)", "](decisions/README.md)")


def screens_page(names: list[str]) -> str:
    """A heading for each screen, under it its photographs. Pure."""
    found = sorted((match["screen"], name) for name in names if (match := PICTURE.fullmatch(name)))
    lines = ["# Screens", "", "Made by `make gallery`: each screen in each size, both languages, easy mode."]
    for screen, pictures in groupby(found, key=lambda pair: pair[0]):
        lines += ["", f"## {screen}", ""]
        lines += [f"![{name}](images/gallery/{name}){{ loading=lazy width=320 }}" for _, name in pictures]
    if not found:
        lines += ["", "There are no photographs: run `make gallery`, then `make docs` again."]
    return "\n".join(lines) + "\n"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    for target, source in PAGES.items():
        text = for_the_site((ROOT / source).read_text(encoding="utf-8"))
        files.append(File.generated(config, target, content=text))
    pictures = sorted(GALLERY.glob("*.png"))
    files.append(File.generated(config, "screens.md", content=screens_page([each.name for each in pictures])))
    for each in pictures:
        files.append(File.generated(config, f"images/gallery/{each.name}", abs_src_path=str(each)))
    return files
