"""Lines that count, curl's meter, and what a text says besides its progress."""

from __future__ import annotations

import pytest

from webify.readers.progress import bare, besides, read_count, share_of
from webify.readers.terminal import Terminal

HEAD = (
    b"  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n"
    b"                                 Dload  Upload   Total   Spent    Left  Speed\n"
)
NOTHING_YET = b"\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0"
HALF = "50  781k   50  390k    0     0   324k      0  0:00:02  0:00:01  0:00:01  324k"
SENT = "40  781k    0     0   40  312k      0   324k  0:00:02  0:00:01  0:00:01  324k"
NO_SIZE = "100  390k    0  390k    0     0   176k      0 --:--:--  0:00:02 --:--:--  176k"
TQDM = "\r 25%|██▌       | 2/8 [00:00<00:00,  9.1it/s]\r 50%|█████     | 4/8 [00:00<00:00, 9.2it/s]"


def counted(text: str) -> float | None:
    terminal = Terminal()
    told = read_count([*terminal.feed(text.encode()), *terminal.finish()])
    return None if told is None else told.share


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Site 1 of 8\nSite 2 of 8", 0.25),
        ("[1/8] cc a.c\nwarning: unused\n[2/8] cc b.c\n[5/8] cc c.c\nwarning: long", 0.625),
        ("Progress 0 of 61\nProgress 20 of 61\nProgress 61 of 61\n", 1.0),
        ("38 of 1204 items are short", None),
        ("Leeds 3/10\nHull 7/10", None),
        ("Leeds 7/10\nHull 3/10\nYork 9/10", None),
        ("part 3 of 3\npart 1 of 3\npart 2 of 3", None),
        ("step 1/2\nstep 2/2\nNow it is sorted", None),
        ("step 1/0\nstep 2/0\nstep 3/0", None),
        ("on 1.2/3.4\non 2.2/3.4\non 3.2/3.4", None),
        ("", None),
    ],
)
def test_lines_that_count_to_one_number_tell_how_far_it_is(text: str, share: float | None) -> None:
    assert counted(text) == share


@pytest.mark.parametrize(
    ("line", "words", "share"),
    [
        (HALF, "390k of 781k", 0.5),
        (SENT, "312k of 781k", 0.4),
        (NO_SIZE, "390k", None),
        ("━━━━━━╸     4.0/8.0 MB 3.1 MB/s", "4.0/8.0 MB 3.1 MB/s", 0.5),
    ],
)
def test_meter_of_sizes_is_told_in_words(line: str, words: str, share: float | None) -> None:
    assert (bare(line), share_of(line)) == (words, share)


@pytest.mark.parametrize(
    "text",
    [
        HEAD + NOTHING_YET + b"\r " + HALF.encode() + b"\n",
        HEAD + NOTHING_YET + b"\r" + NO_SIZE.encode() + b"\n",
        b"\r######## 100.0%\n",
        TQDM.encode() + b"\n",
        b"\rReading: 0it [00:00, ?it/s]\rReading: 4000it [00:00, 47349.31it/s]\n",
        b"\rCopying  [####----]   50%\rCopying  [########]  100%\n",
        b"",
    ],
)
def test_progress_alone_says_nothing_else(text: bytes) -> None:
    assert besides(text).strip() == b""


@pytest.mark.parametrize(
    "words",
    [b"disk 95%\n", b"3 of 4 were left out\n", b"\rWorking\rcareful\n", b"10%\r50%\rfailed\r\n"],
)
def test_words_that_are_no_progress_stay(words: bytes) -> None:
    assert besides(TQDM.encode() + b"\n" + words) == words


def test_words_on_the_line_of_a_bar_stay() -> None:
    assert b"error: it broke" in besides(TQDM.encode() + b"error: it broke\n")
