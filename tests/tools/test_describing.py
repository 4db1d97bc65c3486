"""What a list calls a tool, and says of it in a line."""

from __future__ import annotations

import pytest

from webify.tool_settings import ToolSettings
from webify.tools.describing import summary_of, title_of
from webify.tools.finding import MODULE, PROGRAM, Found


@pytest.mark.parametrize(
    ("found", "title"),
    [
        (Found("stock_report", "stock_report.py"), "Stock report"),
        (Found("office-backup-sh", "office/backup.sh", PROGRAM), "Backup"),
        (Found("sqlite-utils", "/opt/bin/sqlite-utils", PROGRAM), "sqlite-utils"),
        (Found("pack-files", "/usr/bin/tar", PROGRAM), "Pack files"),
        (Found("timeit", "timeit", MODULE), "Timeit"),
    ],
)
def test_tool_is_called_by_its_file_by_its_word_or_by_its_own_name(
    found: Found, title: str
) -> None:
    named = found.target.startswith("/") or found.kind == MODULE
    settings = ToolSettings(target=found.target if named else "")
    assert title_of(Found(found.slug, found.target, found.kind, settings=settings)) == title


def test_summary_begins_with_a_capital_unless_it_begins_with_the_programs_name() -> None:
    assert summary_of("transfer a URL", "curl") == "Transfer a URL"
    assert summary_of("kubectl controls the cluster.", "kubectl") == "kubectl controls the cluster."
    assert summary_of("iPhone backups", "backup") == "iPhone backups"


def test_summary_is_cut_between_words_where_a_list_has_no_room_for_it() -> None:
    told = summary_of("word, " * 100)
    assert told.endswith("word…")
    assert len(told) <= 161
