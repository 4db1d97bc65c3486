"""Words that columns of states are made of, from bad to good, and the words for yes and no."""

from __future__ import annotations

from collections.abc import Mapping

BAD = (
    "panic",
    "emerg",
    "emergency",
    "alert",
    "fatal",
    "critical",
    "crit",
    "severe",
    "crashed",
    "crashloopbackoff",
    "oomkilled",
    "dead",
    "down",
    "broken",
    "failed",
    "failure",
    "fail",
    "error",
    "errors",
    "err",
    "errored",
    "unhealthy",
    "offline",
    "unreachable",
    "refused",
    "denied",
    "rejected",
    "invalid",
    "expired",
    "corrupt",
    "lost",
    "missing",
    "not found",
    "timeout",
    "timed out",
    "killed",
    "aborted",
    "blocked",
    "notready",
    "not ready",
    "imagepullbackoff",
    "evicted",
    "overdue",
    "red",
)
WARNING = (
    "warning",
    "warnings",
    "warn",
    "degraded",
    "unstable",
    "partial",
    "stale",
    "outdated",
    "late",
    "slow",
    "unknown",
    "retrying",
    "retry",
    "suspended",
    "yellow",
)
IDLE = (
    "cancelled",
    "canceled",
    "skipped",
    "stopped",
    "exited",
    "inactive",
    "disabled",
    "terminated",
    "closed",
    "paused",
    "pending",
    "waiting",
    "queued",
    "scheduled",
    "draft",
    "new",
    "open",
    "idle",
    "starting",
    "stopping",
)
ACTIVE = (
    "running",
    "in progress",
    "active",
    "started",
    "processing",
    "notice",
    "info",
    "debug",
    "trace",
)
GOOD = (
    "green",
    "ready",
    "available",
    "enabled",
    "online",
    "healthy",
    "up",
    "valid",
    "good",
    "bound",
    "completed",
    "complete",
    "done",
    "finished",
    "succeeded",
    "successful",
    "success",
    "passed",
    "pass",
    "resolved",
    "ok",
)
STATUSES = (*BAD, *WARNING, *IDLE, *ACTIVE, *GOOD)
YES = ("yes", "true", "on", "y", "✓", "✔")
NO = ("no", "false", "off", "n", "✗", "✘")
_RANKS: Mapping[str, int] = {word: at for at, word in enumerate(STATUSES)}
_LONGEST = max(map(len, STATUSES))


def status_rank(text: str) -> int | None:
    """Return the place of a word among the states, the worst first."""
    return _RANKS.get(text.casefold()) if len(text) <= _LONGEST else None


def yes_or_no(text: str) -> int | None:
    """Return 1 for yes, 0 for no."""
    if len(text) > 5:
        return None
    small = text.casefold()
    return 1 if small in YES else 0 if small in NO else None
