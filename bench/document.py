"""docs/benchmarks.md: a section for each measurement, replaced one by one."""

from pathlib import Path


class Document:
    """A Markdown file, as what is before its first section and its sections by their headings."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.sections: dict[str, str] = {}
        if path and path.exists():
            self.sections = split(path.read_text())

    def replace(self, text: str) -> None:
        """Puts sections in the place of those of the same name, or behind the others."""
        self.sections.update(split(text))
        if self.path:
            self.path.write_text(self.text)

    @property
    def text(self) -> str:
        return "\n\n".join(section.strip() for section in self.sections.values()) + "\n"


def split(text: str) -> dict[str, str]:
    """The sections of a text by their headings; what is before them has none."""
    sections: dict[str, str] = {}
    heading, lines = "", []
    for line in [*text.splitlines(), "## "]:
        if not line.startswith("## "):
            lines.append(line)
            continue
        if any(lines):
            sections[heading] = "\n".join(lines)
        heading, lines = line, [line]
    return sections
