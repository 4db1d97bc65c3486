"""The words for types that data frames and databases print under the names of columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TYPE = re.compile(
    r"(?:u?int\d*|[iuf]\d{1,3}|float\d*|double|decimal\d*|numeric|real|number"
    r"|(?:big|small|tiny|huge|u|uhuge|ubig|usmall|utiny)?int(?:eger)?|uinteger|bignum|varint"
    r"|varchar|char|text|str|string|utf8|bool|boolean|bit|blob|bytea|binary|bytes"
    r"|date\d*|time|datetime\d*|timestamp(?:tz|_\w+)?(?: with time zone)?|time with time zone"
    r"|duration|interval|uuid|json|cat|categorical|category|enum|object|null|dbl|lgl|chr|fct|dttm"
    r"|(?:list|array|struct|map|union|decimal|row)\b)(?: ?[\[(<].*[\])>])?(?:\[\d*\])*",
    re.IGNORECASE,
)


def are_types(cells: Sequence[str]) -> bool:
    """Say whether every cell is the name of a type."""
    return all(_TYPE.fullmatch(cell.strip().strip("<>")) for cell in cells) and bool(cells)
