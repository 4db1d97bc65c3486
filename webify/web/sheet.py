"""Everything that the page of one run shows; what is costly is read when a template asks."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from werkzeug.datastructures import MultiDict

from webify.faces.argv import shown
from webify.faces.trial import dry_run
from webify.faces.uploading import was_sent
from webify.faces.values import MASK, form_values
from webify.model.block import TEXT, Block
from webify.model.command import Command, Tool
from webify.model.run import Run, State
from webify.runs.folder import End, RunFolder
from webify.runs.leftover import Leftover
from webify.runs.question import Question, read_question
from webify.runs.remains import left_by
from webify.text.source import Text as Source
from webify.text.source import open_text
from webify.web.answers import answers, chain_of
from webify.web.home import command_title
from webify.web.made import Shelf, shelf_of
from webify.web.output import LINES, OF_A_BLOCK, Text, count_lines, text_of, whole_end
from webify.web.pieces import MOST_BLOCKS, Piece, Pieces
from webify.web.progress import Progress, goes_further, progress_of
from webify.web.said import SAID
from webify.web.unfilled import earlier_tables, heads_alone
from webify.web.ways import Otherwise, Ways, otherwise
from webify.web.words import in_words

TABS = ("result", "raw", "errors", "details")
AT_ONCE = 10_000  # bytes of raw output that a page holds while another tab is open
LONGEST = 20  # digits of a number of bytes
KILL = 9  # the signal that no program can refuse


@dataclass(frozen=True)
class Sheet:
    """One run as its folder has it now.

    given   the fields of the page's address
    sizes   bytes of standard output and standard error, taken once
    others  the runs that it can be compared with, by headings
    elapsed for how many seconds it has gone on, or waited
    """

    run: Run
    tool: Tool | None
    folder: RunFolder
    given: MultiDict[str, str]
    blocks: tuple[Block, ...]
    sizes: tuple[int, int]
    end: End | None
    pinned: bool = False
    others: Sequence[tuple[str, Sequence[tuple[Run, str]]]] = ()
    elapsed: float = 0.0

    @property
    def goes_on(self) -> bool:
        """Say whether the run has not ended."""
        return not self.run.state.ended

    @cached_property
    def question(self) -> Question | None:
        """Return what the tool asks just now; once it is cancelled no answer is of use."""
        return read_question(self.folder) if self.goes_on and not self.stopping else None

    @property
    def state(self) -> State:
        """Return where it stands; the store hears of a question a moment later."""
        if self.question is not None:
            return State.WAITING
        return State.RUNNING if self.run.state is State.WAITING else self.run.state

    @property
    def answered(self) -> str:
        """Return what became of an answer that was sent from here, "" where all is well."""
        return SAID.get(self.given.get("answer", ""), "")

    @property
    def tab(self) -> str:
        """Return the tab that is open."""
        asked = self.given.get("tab", "")
        return asked if asked in TABS else "result"

    @cached_property
    def pieces(self) -> list[Piece]:
        """Return the first blocks, ready to be shown."""
        if self.whole is not None and (self.whole.found or self.whole.chosen == TEXT):
            return list(self._pieces.read_so(self.whole))
        return [
            self._pieces.chosen(block, number, self.ways.of(number))
            for number, block in enumerate(self._unasked(self.settled[:MOST_BLOCKS]), 1)
        ]

    @property
    def _pieces(self) -> Pieces:
        return Pieces(self.run, self.folder, self.given, self.out, self.goes_on)

    @cached_property
    def unfilled(self) -> tuple[str, ...]:
        """Return the columns whose heads are all that it printed, where earlier runs had rows."""
        if self.run.state is not State.SUCCEEDED or self.whole or len(self.pieces) > 1:
            return ()
        piece = self.pieces[0] if self.pieces else Piece(Block(TEXT, 0, 0), self.live)
        if piece.text is None or piece.otherwise or self.sizes[0] > AT_ONCE:
            return ()
        return heads_alone(piece.text, earlier_tables(self.run, self.others))

    def _unasked(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Leave the line that asks out of the text, as it stands in the box of the question."""
        if not blocks or self.question is None or not self.question.prompt.text:
            return blocks
        *others, last = blocks
        asks = self.raw.to  # what follows the last whole line
        if last.kind != TEXT or last.end <= asks:
            return blocks
        return (*others, replace(last, end=asks)) if last.start < asks else tuple(others)

    @property
    def ways(self) -> Ways:
        """Return what a person chose of how the output is read."""
        return Ways(self.run.id, self.given)

    @cached_property
    def whole(self) -> Otherwise | None:
        """Return how the whole output is read where a person chose that."""
        chosen = self.ways.of()
        return otherwise(self.run, self.folder, chosen, 0) if chosen else None

    @property
    def rereads(self) -> bool:
        """Say whether a part of the output is being read otherwise."""
        asked = [self.whole, *(piece.otherwise for piece in self.pieces)]
        return any(each is not None and each.goes_on for each in asked)

    @property
    def swap(self) -> dict[str, str]:
        """Return what a note that asks how far a reading is does when it has ended.

        Until then it changes itself alone; then all that was read takes its place, and what was
        typed into other parts stays.
        """
        told = self.given.get("told", "")
        notes = {"0": self.whole} | {
            str(piece.number): piece.otherwise for piece in self.pieces if piece.otherwise
        }
        note = notes.get(told)
        if note is None or note.goes_on:
            return {}
        place = f"#reread-{told}" if note.number else "#blocks"
        return {"HX-Retarget": place, "HX-Reselect": place, "HX-Reswap": "outerMorph"}

    @property
    def left_out(self) -> int:
        """Return how many blocks are too many for one page."""
        return max(0, len(self.blocks) - MOST_BLOCKS)

    @cached_property
    def taken(self) -> int:
        """Return the byte of the output after the last block."""
        return max((block.end for block in self.settled), default=0)

    @cached_property
    def settled(self) -> tuple[Block, ...]:
        """Return the blocks; a text that still grows has whole lines, what follows it the rest."""
        if not self.goes_on or not self.blocks or self.blocks[-1].kind != TEXT:
            return self.blocks
        *others, last = self.blocks
        last = replace(last, end=whole_end(self.out, last.start, last.end))
        return (*others, *([last] if last.end > last.start else []))

    @cached_property
    def out(self) -> Source:
        """Return standard output as far as it goes now."""
        return open_text(self.folder.out_path, self.sizes[0])

    @cached_property
    def err(self) -> Source:
        """Return standard error as far as it goes now."""
        return open_text(self.folder.err_path, self.sizes[1])

    @cached_property
    def live(self) -> Text:
        """Return the text after the last block, which no reader has taken yet."""
        until = self.given.get("until", "")
        told = until.isdecimal() and len(until) < LONGEST
        stop = min(self.sizes[0], int(until)) if told else self.sizes[0]
        most = LINES if self.goes_on else OF_A_BLOCK
        if self.goes_on and goes_further(self.blocks, self.out, self.taken, stop):
            stop = self.taken  # the bar above tells it
        return text_of(self.out, self.taken, stop, whole_lines=self.goes_on, most=most)

    @cached_property
    def raw(self) -> Text:
        """Return standard output."""
        return text_of(self.out, 0, self.sizes[0], whole_lines=self.goes_on)

    @property
    def raw_later(self) -> bool:
        """Say whether the tab of the raw output is filled when somebody opens it."""
        return not self.goes_on and self.tab != "raw" and self.sizes[0] > AT_ONCE

    @cached_property
    def errors(self) -> Text:
        """Return standard error."""
        return text_of(self.err, 0, self.sizes[1], whole_lines=self.goes_on)

    @cached_property
    def lines(self) -> tuple[int | None, int | None]:
        """Return how many lines both logs have; None is too many to count."""
        return (
            count_lines(self.out, whole_lines=self.goes_on),
            count_lines(self.err, whole_lines=self.goes_on),
        )

    @property
    def position(self) -> str:
        """Return what the page holds of both logs: where the event stream goes on."""
        return f"{self.raw.to}.{self.errors.to}"

    @cached_property
    def shelf(self) -> Shelf:
        """Return the files that the tool made and has finished."""
        files = self.folder.finished_files()
        return shelf_of(self.run.id, self.folder, files, self.given)

    @property
    def rows(self) -> int:
        """Return the rows of all tables so far."""
        found = sum(block.table.rows for block in self.blocks if block.table)
        return max(self.run.rows, found)

    @cached_property
    def progress(self) -> Progress | None:
        """Return how far a run that goes on has come, where it says so."""
        if not self.goes_on:
            return None
        return progress_of(self.blocks, self.out, self.err)

    @cached_property
    def waits_for_disk(self) -> bool:
        """Say whether the tool waits because the disk is full."""
        return self.goes_on and self.folder.waits_for_disk

    @cached_property
    def stopping(self) -> bool:
        """Say whether somebody asked for its end, and the program has not ended yet."""
        return self.goes_on and self.folder.stop_path.exists()

    @property
    def forced(self) -> bool:
        """Say whether it was stopped and did not end before it was made to."""
        return self.run.state is State.STOPPED and self.end is not None and self.end.signal == KILL

    @property
    def cancelling(self) -> bool:
        """Say whether somebody is asked whether the run shall be cancelled."""
        return self.goes_on and not self.stopping and "cancel" in self.given

    @property
    def gone(self) -> bool:
        """Say whether somebody took the files of a run away that has ended."""
        return not self.goes_on and self.run.started is not None and not self.folder.path.exists()

    @property
    def missing(self) -> bool:
        """Say whether what an ended run printed was taken away, before its end or after."""
        return self.gone or (self.end is not None and self.end.deleted)

    @property
    def unkept(self) -> bool:
        """Say whether somebody took the files of a run away that goes on."""
        return self.goes_on and self.run.started is not None and not self.folder.path.exists()

    @property
    def wants_terminal(self) -> bool:
        """Say whether it ended because it was at no terminal, and can be started at one."""
        wants = self.end is not None and self.end.cause == "terminal"
        return wants and os.name == "posix" and self.again is not None

    @cached_property
    def left(self) -> tuple[list[Leftover], list[Leftover]]:
        """Return what of an ended run still goes on, and what went on and has ended since."""
        left = self.end.left if self.end is not None else left_by(self.folder)
        living = [each for each in left if each.living]
        return living, [each for each in left if each not in living]

    @property
    def ending_left(self) -> bool:
        """Say whether somebody is asked whether what it left running shall end."""
        return "left" in self.given

    @property
    def bad(self) -> bool:
        """Say whether it did not do what was asked."""
        return self.run.state in (State.FAILED, State.TIMED_OUT, State.LOST)

    @property
    def tried(self) -> bool:
        """Say whether it was a trial that changes nothing."""
        return bool(self.run.values.get(dry_run(self.chain)))

    @cached_property
    def chain(self) -> tuple[Command, ...]:
        """Return the commands of the run, () where its tool has changed or gone."""
        return tuple(chain_of(self.run, self.tool))

    @property
    def answers(self) -> str:
        """Return the answers that differ from what the tool takes anyway."""
        return answers(self.run, self.tool)

    @property
    def heading(self) -> str:
        """Return what the page is called: the tool, and its command in words."""
        words = [command_title(command) for command in self.chain[1:]]
        path = " ".join(words or [in_words(word) for word in self.run.path]).lower()
        return f"{self.run.title}: {path}" if path else self.run.title

    @property
    def command(self) -> str:
        """Return the command line, with secrets masked."""
        return shown(self.run.argv)

    @property
    def again(self) -> list[tuple[str, str]] | None:
        """Return the fields that run it again; None where something has to be given anew."""
        given = self.folder.given()
        files = any(
            was_sent(parameter, self.run.values.get(parameter.address), given)
            for command in self.chain
            for parameter in command.parameters
        )
        if not self.chain or files or any(MASK in word for word in self.run.argv):
            return None
        raw = form_values(self.chain, self.run.values)
        fields = [(name, value) for name, many in raw.items() for value in many]
        fields += [(":terminal", "1")] if self.folder.at_terminal else []
        return [*fields, (":try", "1")] if self.tried else fields
