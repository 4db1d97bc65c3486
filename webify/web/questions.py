"""Answers to the questions that a tool asks while it runs."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webify.runs.answering import GONE, TAKEN, Given, give
from webify.runs.prompt import CHOICE, INPUT
from webify.runs.question import LONGEST, Question, read_question
from webify.web.beside import sheet_of
from webify.web.said import EMPTY, LINES, LONG, ODD, SAID
from webify.web.site import site, wants_fragment

pages = Blueprint("questions", __name__)
WAIT = 0.3  # seconds that the page after an answer waits for the end of the run
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@pages.post("/runs/<run_id>/answer")
def answer(run_id: str) -> ResponseReturnValue:
    """Hand an answer to the tool, and show what became of it."""
    services = site()
    run = services.store.run(run_id)
    given = given_of(request.form)
    question = read_question(services.engine.folder(run))
    fault = fault_of(given, question, chosen="choice" in request.form)
    said = fault or (GONE if run.state.ended else give(services.engine.folder(run), given))
    if wants_fragment():
        sheet = sheet_of(services, services.store.run(run_id))
        note, told = (SAID.get(said, ""), "" if said != TAKEN else "Answer sent to the program")
        return render_template("run_ask.html", sheet=sheet, run=sheet.run, note=note, told=told)
    if said == TAKEN:
        services.engine.wait(run.id, WAIT)
        return redirect(url_for("runs.show", run_id=run.id), 303)
    return redirect(url_for("runs.show", run_id=run.id, answer=said), 303)


def given_of(form: Mapping[str, str]) -> Given:
    """Return the answer that a form holds."""
    number = form.get("number", "")
    text = form.get("choice", form.get("text", "")).replace("\r\n", "\n")
    known = number.isdecimal() and len(number) < 10
    return Given(int(number) if known else 0, text, "end" in form)


def fault_of(given: Given, question: Question | None, *, chosen: bool) -> str:
    """Return why an answer is not sent to the question that is open, "" where it is."""
    if len(given.text) > LONGEST:
        return LONG
    if CONTROL.search(given.text):
        return ODD
    if question is None or question.prompt.kind == INPUT:
        return ""
    if question.prompt.kind == CHOICE and not (chosen or given.text.strip() or given.end):
        return EMPTY
    return LINES if "\n" in given.text else ""
