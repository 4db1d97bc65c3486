"""The sentences that say what is wrong with an answer."""

from __future__ import annotations

from collections.abc import Sequence

from webify.faces.labels import choice_label, in_sentence, label, listed, span
from webify.model.command import Bounds, Choice, Kind, Parameter, Root

_CHOSEN = (Kind.FILE_IN, Kind.FLAG, Kind.SWITCH)
_LONGEST_QUOTE = 60


def quoted(text: str) -> str:
    """Return what a person entered, in quotes; the middle of a long text is left out."""
    text = " ".join(text.split()) if "\n" in text else text
    return f"“{_shortened(text)}”"


def _shortened(text: str) -> str:
    half = _LONGEST_QUOTE // 2
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:half]}…{text[-half:]}"


def _plain(text: str) -> str:
    return "".join(each if each.isprintable() else "\ufffd" for each in text)


def missing(parameter: Parameter) -> str:
    """Say that an answer is needed."""
    choose = parameter.choices or parameter.kind in _CHOSEN
    return f"{'Choose' if choose else 'Enter'} {in_sentence(label(parameter))}."


def path_or_file() -> str:
    """Say that a path and a file are too much."""
    return "Enter a path or choose a file, not both."


def missing_of(labels: Sequence[str]) -> str:
    """Say that one of a group is needed."""
    return f"Choose one of {listed([in_sentence(each) for each in labels])}."


def at_least_one(labels: Sequence[str]) -> str:
    """Say that at least one of several answers is needed."""
    return f"Enter at least one of {listed([in_sentence(each) for each in labels])}."


def needed_with(parameter: Parameter, other: Parameter) -> str:
    """Say that one answer needs another."""
    name, because = in_sentence(label(parameter)), in_sentence(label(other))
    return f"Enter {name} too: {because} needs it."


def only_one(labels: Sequence[str]) -> str:
    """Say that several answers exclude each other."""
    return f"Choose only one of {listed([in_sentence(each) for each in labels])}."


def one_answer(parameter: Parameter) -> str:
    """Say that several values were sent where one is taken."""
    return f"Enter one value for {in_sentence(label(parameter))}, not several."


def not_a_number(text: str, *, whole: bool) -> str:
    """Say that a number was expected."""
    if whole and _number_like(text):
        return f"Enter a whole number, like 20. You entered {quoted(text)}."
    return f"Enter a number, like 20. You entered {quoted(text)}."


def two_readings(text: str, first: str, second: str) -> str:
    """Say that a comma can be a decimal mark or a thousands mark."""
    return f"{quoted(text)} can be read in two ways. Enter {first} or {second}."


def thousands(text: str, plain: str) -> str:
    """Say how a number with thousands marks is written."""
    return f"Enter the number without thousands marks, like {plain}. You entered {quoted(text)}."


def out_of_range(bounds: Bounds, entered: str) -> str:
    """Say which numbers are taken."""
    return f"Enter a number {span(bounds)}. You entered {entered}."


def not_a_choice(text: str, choices: Sequence[Choice]) -> str:
    """Say which values are taken."""
    names = [choice_label(each) for each in choices]
    shown = listed(names) if len(names) <= 12 else f"{', '.join(names[:12])} and others"
    return f"{quoted(text)} is not one of the choices: {shown}."


def not_a_date(text: str, example: str) -> str:
    """Say how a date is written."""
    return f"Enter a date, like {example}. You entered {quoted(text)}."


def not_a_time(text: str) -> str:
    """Say how a time is written."""
    return f"Enter a time, like 14:30. You entered {quoted(text)}."


def not_a_uuid(text: str) -> str:
    """Say how a UUID is written."""
    example = "123e4567-e89b-12d3-a456-426614174000"
    return f"Enter a UUID, like {example}. You entered {quoted(text)}."


def not_yes_or_no(text: str) -> str:
    """Say that yes or no was expected."""
    return f"{quoted(text)} is not one of the choices: Yes and No."


def count_wrong(parameter: Parameter, given: int) -> str:
    """Say how many values are taken."""
    least, most = parameter.least, parameter.most
    if most is None:
        wanted = f"at least {least}"
    elif least == most:
        wanted = str(most)
    else:
        wanted = f"{least} to {most}"
    noun = "value" if wanted in {"1", "at least 1"} else "values"
    return f"Enter {wanted} {noun} for {in_sentence(label(parameter))}. You entered {given}."


def path_missing(text: str) -> str:
    """Say that a path leads nowhere."""
    return f"There is no {quoted(text)} on the server."


def path_not_file(text: str) -> str:
    """Say that a folder was given for a file."""
    return f"{quoted(text)} is a folder, not a file."


def path_not_folder(text: str) -> str:
    """Say that a file was given for a folder."""
    return f"{quoted(text)} is a file, not a folder."


def outside(text: str, roots: Sequence[Root]) -> str:
    """Say which folders of the server may be read."""
    folders = listed([f"{root.name} ({root.folder})" for root in roots]) or "there is none"
    return f"{_shortened(_plain(text))} is not in a folder this tool may read: {folders}."


def question_open(parameter: Parameter) -> str:
    """Say that a question must be answered beforehand."""
    return f"Tick {in_sentence(label(parameter))}: the tool asks, and nobody can answer it here."


def unknown_choice(text: str, labels: Sequence[str]) -> str:
    """Say which of an exclusive group can be chosen."""
    return f"{quoted(text)} is not one of the choices: {listed(list(labels))}."


def not_a_count(text: str) -> str:
    """Say how often a flag may be given."""
    return f"Enter a number from 0 to 99. You entered {quoted(text)}."


def dashed(word: str) -> str:
    """Say that a value would be read as an option."""
    return f"{quoted(word)} begins with “{word[:1]}”: the tool would read it as an option."


def reserved(word: str) -> str:
    """Say that a value would be read as the name of a command."""
    return f"{quoted(word)} is the name of a command here: the tool would take it for that."


def dropped(word: str) -> str:
    """Say that a value would be left out by the parser."""
    return f"{quoted(word)} alone cannot be given here: the tool would leave it out."


def misread(word: str) -> str:
    """Say that the parser takes a value for something else."""
    return f"{quoted(word)} cannot be given here: the tool would read it as something else."


def from_file(word: str) -> str:
    """Say that a value would be read as the name of a file of arguments."""
    return f"{quoted(word)} begins with “{word[:1]}”: the tool would read a file of that name."


def swallows(word: str) -> str:
    """Say that an option would take the words behind it for its own values."""
    follower = quoted(word) if word else "what follows"
    return f"The tool would take {follower} as one more value here. Fill in another option too."


def stands_before(parameter: Parameter, later: str) -> str:
    """Say that a positional argument cannot be left out, as something stands behind it."""
    return f"Enter {in_sentence(label(parameter))} too: the tool would take {later} for it."


def not_told_apart(word: str) -> str:
    """Say that a parser cannot see where one answer ends and the next begins."""
    after = f" and {quoted(word)}" if word else " and the answers beside it"
    return f"The tool cannot tell this answer{after} apart. Enter fewer values."


def rest_needs(parameter: Parameter) -> str:
    """Say that plain words can only stand behind all declared arguments."""
    name = in_sentence(label(parameter))
    return f"The tool would take these words for {name}. Enter {name} in full first."


def has_a_field(word: str) -> str:
    """Say that an argument has a field of its own."""
    return f"{quoted(word)} cannot be passed on: the tool knows it. Use its field in this form."


def as_not_given(name: str) -> str:
    """Say that a parser cannot tell an answer from its default, where one of several must be."""
    return f"{name} is at its default, and the tool takes that for no answer. Choose another one."


def overwritten(command: str) -> str:
    """Say that a command of the tool writes its own default over this answer."""
    return f"The tool forgets this answer when {quoted(command)} is called. Leave it blank."


def unpassable() -> str:
    """Say that no program can be given this text."""
    return "This holds a character that cannot be passed to a program. Remove it."


def too_long(length: int, limit: int) -> str:
    """Say that a text is longer than an argument may be."""
    return f"This is {length:,} bytes long. A program takes {limit:,} at most."


def unspellable(word: str) -> str:
    """Say that an option cannot be told from others of the tool."""
    return f"The tool cannot tell {quoted(word)} from its other options. Leave this blank."


def no_word() -> str:
    """Say that a switch can be set in one way only."""
    return "The tool has no option that says this. Choose the other answer, or none."


def not_taken(parameter: Parameter, text: str) -> str:
    """Say that the tool does not take a value, and does not say why."""
    return f"{label(parameter)}: the tool does not take {quoted(text)}."


def secret_wrong(parameter: Parameter) -> str:
    """Say that a secret cannot be taken, without a word of it."""
    return f"Enter {in_sentence(label(parameter))} again: it cannot be taken as it is."


def unknown_field(name: str) -> str:
    """Say that an answer belongs to no field, as the tool has changed since."""
    return f"This form has no field {quoted(name)}. Open the form again, the tool may have changed."


def command_needed(names: Sequence[str]) -> str:
    """Say that a command must be chosen."""
    return f"Choose one of the commands: {listed(list(names))}."


def _number_like(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True
