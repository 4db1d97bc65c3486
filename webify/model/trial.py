"""What came of a trial: the imports of a tool, done once to see whether they may be done before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Dict, List, Optional, Tuple

from webify.model.recipe import Recipe

VERSION = 1  # another one where the same imports might be judged otherwise


@dataclass(frozen=True)
class Trial:
    """What was found out of imports, and of which.

    modules   as in the recipe's `likely`
    stamps    size and time of change of the tool's own files
    files     stamps of what was imported and read
    env       what stands for the environment
    seconds   of a processor that the imports take
    doubt     why they are not done before the tool's runs come, "" where they are
    late      it was not through, which may be for want of time: a later launcher tries again
    """

    modules: Tuple[str, ...]
    stamps: Dict[str, Tuple[int, int]] = field(default_factory=dict)
    files: Dict[str, Optional[List[int]]] = field(default_factory=dict)
    env: str = ""
    seconds: float = 0.0
    doubt: str = ""
    late: bool = False
    version: int = VERSION

    def of(self, recipe: Recipe) -> bool:
        """Say whether it was of the tool as it is now."""
        now = (recipe.likely, recipe.stamps, VERSION)
        return (self.modules, self.stamps, self.version) == now
