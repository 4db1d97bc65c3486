"""From the form to the table in a browser: fill, watch, sort, search, download, stop, mend."""

from __future__ import annotations

import re

from playwright.sync_api import Page, Route, expect

from tests.serving import Site


def start_table(site: Site, page: Page, lines: int, pause: str = "0") -> None:
    page.goto(f"{site.address}/tools/slow")
    page.fill("[name=lines]", str(lines))
    page.fill("[name=pause]", pause)
    page.check("[name=table]")
    page.click(".runbar .btn-primary")
    page.wait_for_url("**/runs/*")


def test_form_of_stock_leads_to_its_table(office: Site, page: Page) -> None:
    page.goto(office.address)
    page.fill("#q", "stock")
    expect(page.locator(".toolrow:visible")).to_have_count(1)
    page.click(".toolrow:visible a")
    page.click(".cmds a:has-text('Levels')")
    page.check("[name='levels.site'][value=leeds]")
    expect(page.locator("#preview")).to_contain_text("stock levels --site=leeds")
    page.click(".runbar .btn-primary")
    page.wait_for_selector(".chip:has-text('Finished')")
    expect(page.locator("tbody tr").first).to_be_visible()


def test_rows_arrive_while_the_tool_works(workshop: Site, page: Page) -> None:
    start_table(workshop, page, 3000, "0.02")
    expect(page.locator("tbody tr").nth(20)).to_be_visible()
    expect(page).to_have_title(re.compile(r"^Running: "))
    expect(page.locator("#nrows")).not_to_have_text("0")
    page.click("#t-raw")
    expect(page.locator("#raw > span").nth(30)).to_be_visible()
    page.click("text=Cancel run")
    page.wait_for_selector(".chip:has-text('Cancelled')")
    expect(page.locator("tbody tr").first).to_be_attached()


def test_page_says_that_the_run_is_cancelled_elsewhere(workshop: Site, page: Page) -> None:
    def answer(route: Route) -> None:
        sent = route.fetch()
        route.fulfill(response=sent, body=sent.text().replace('"blocks"', '"blocks" data-stopping'))

    page.route("**part=result*", answer, times=1)
    start_table(workshop, page, 3000, "0.02")
    expect(page.get_by_text("Cancel run")).to_have_count(0)
    page.reload()
    page.click("text=Cancel run")
    expect(page.locator(".facts .chip")).to_have_text("Cancelled")


def test_first_lines_are_seen_at_once_and_once(workshop: Site, page: Page) -> None:
    page.goto(f"{workshop.address}/tools/slow")
    page.fill("[name=lines]", "30")
    page.fill("[name=pause]", "0.1")
    page.click(".runbar .btn-primary")
    expect(page.locator("#live")).to_contain_text("line 3")
    page.wait_for_selector(".chip:has-text('Finished')")
    text = page.locator("#blocks").text_content() or ""
    assert [int(n) for n in re.findall(r"line (\d+)", text)] == list(range(30))
    raw = page.locator("#raw").text_content() or ""
    assert [int(n) for n in re.findall(r"line (\d+)", raw)] == list(range(30))
    expect(page).not_to_have_title(re.compile(r"^Running: "))


def test_page_opened_late_holds_each_line_once(workshop: Site, page: Page) -> None:
    run = workshop.run("/tools/slow", {"lines": "40", "pause": "0.1"})
    with workshop.browser.stream("GET", f"{run}/events", timeout=20) as events:
        assert any("line 10" in line for line in events.iter_lines())
    page.goto(workshop.address + run)
    page.click("#t-raw")
    expect(page.locator("#raw")).to_contain_text("line 20")
    raw = page.locator("#raw").text_content() or ""
    found = [int(n) for n in re.findall(r"line (\d+)", raw)]
    assert found == list(range(len(found)))
    page.wait_for_selector(".chip:has-text('Finished')")


def test_table_is_sorted_searched_and_kept_in_the_address(workshop: Site, page: Page) -> None:
    start_table(workshop, page, 120)
    page.wait_for_selector(".facts")
    page.click("#table-1-sort-2")
    expect(page.locator("tbody tr").first).to_contain_text("item 119")
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("Size")
    page.locator("#table-1-q").press_sequentially("item 117")
    expect(page.locator("#table-1-rows .pager")).to_contain_text(
        "Rows 1–1 of 1 (filtered from 120)"
    )
    expect(page.locator("#table-1-say")).to_contain_text("sorted by Size, descending")
    expect(page.locator("#table-1-q")).to_have_value("item 117")
    page.reload()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("#table-1-q")).to_have_value("item 117")
    page.fill("#table-1-q", "no such thing")
    page.click("text=Clear the search")
    expect(page.locator("tbody tr")).to_have_count(50)
    page.click("#table-1-next")
    expect(page.locator("tbody tr").first).to_contain_text("item 69")


def test_csv_holds_what_is_seen(workshop: Site, page: Page) -> None:
    start_table(workshop, page, 30)
    page.wait_for_selector(".facts")
    page.fill("#table-1-q", "2026-11-05")
    expect(page.locator(".pager")).to_contain_text("filtered from 30")
    with page.expect_download() as download:
        page.click("summary:has-text('Download')")
        page.click("text=CSV for a spreadsheet")
    name = download.value.suggested_filename
    assert re.fullmatch(r"slow-\d{4}-\d\d-\d\d-\d{4}\.csv", name)
    text = download.value.path().read_text(encoding="utf-8-sig")
    head, *rows = text.splitlines()
    assert head == "Name,Size,When"
    assert rows
    assert all("2026-11-05" in row for row in rows)


def test_fault_is_led_to_its_field_and_mended(workshop: Site, page: Page) -> None:
    page.goto(f"{workshop.address}/tools/slow")
    page.evaluate("document.querySelector('[name=lines]').type = 'text'")
    page.fill("[name=lines]", "many")
    page.click(".runbar .btn-primary")
    summary = page.locator(".errsum")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile(r"^Error: "))
    page.click(".errsum a")
    expect(page.locator("[name=lines]")).to_be_focused()
    expect(page.locator("[name=lines]")).to_have_attribute("aria-invalid", "true")
    page.fill("[name=lines]", "2")
    page.fill("[name=pause]", "0")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/runs/*")


def test_form_is_run_by_keys_from_wherever_one_is_on_its_page(workshop: Site, page: Page) -> None:
    page.goto(f"{workshop.address}/tools/slow?lines=2&pause=0")
    expect(page.locator("body")).to_be_focused()
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/runs/*")


def test_change_and_run_again_brings_the_answers(workshop: Site, page: Page) -> None:
    start_table(workshop, page, 7)
    page.wait_for_selector(".facts")
    page.click("text=Change and run again")
    expect(page.locator("[name=lines]")).to_have_value("7")
    expect(page.locator("[name=table]")).to_be_checked()
    expect(page.locator("main")).to_contain_text("Answers from run")
    page.click("text=Clear")
    expect(page.locator("[name=lines]")).to_have_value("40")


def test_trial_comes_first_and_the_real_run_asks_once(workshop: Site, page: Page) -> None:
    page.goto(f"{workshop.address}/tools/fails")
    page.fill("[name=name]", "x")
    page.click("text=Try without changing anything")
    page.wait_for_selector(".chip:has-text('Finished')")
    page.click("text=Change and run again")
    page.click("text=Run for real")
    page.click(".ask >> text=Yes, run it")
    page.wait_for_selector(".chip:has-text('Failed')")
    expect(page.locator("[role=alert] h2")).to_have_text("2 files map to 2026-11-18_brookfield.pdf")


def test_lists_grow_by_enter_and_by_pasting(workshop: Site, page: Page) -> None:
    page.goto(f"{workshop.address}/tools/widgets/all")
    names = page.locator("[name='all.names']")
    names.first.fill("a")
    names.first.press("Enter")
    expect(names).to_have_count(2)
    names.nth(1).evaluate(
        "(box) => { const data = new DataTransfer(); data.setData('text', 'b\\nc; d');"
        " box.dispatchEvent(new ClipboardEvent('paste',"
        " {clipboardData: data, bubbles: true, cancelable: true})); }"
    )
    expect(names).to_have_count(4)
    expect(page.locator("#preview")).to_contain_text("a b c d")


def test_switcher_finds_tools_and_runs_by_keyboard(workshop: Site, page: Page) -> None:
    run = workshop.run("/tools/slow", {"lines": "1", "pause": "0"})
    workshop.ended(run)
    page.goto(workshop.address)
    page.keyboard.press("Control+k")
    page.keyboard.type("widgets all")
    expect(page.locator("#go-list [aria-selected=true]")).to_contain_text("Widgets: all")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tools/widgets/all")
    page.keyboard.press("Control+k")
    page.keyboard.type("no tool is called so")
    expect(page.locator("#go-list")).to_contain_text("Nothing called")


def test_tabs_move_by_arrow_keys(workshop: Site, page: Page) -> None:
    run = workshop.run("/tools/slow", {"lines": "2", "pause": "0"})
    workshop.ended(run)
    page.goto(workshop.address + run)
    page.focus("#t-result")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#t-raw")).to_be_focused()
    expect(page.locator("#p-raw")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?tab=raw$"))
    page.keyboard.press("End")
    expect(page.locator("#p-details")).to_be_visible()


def test_theme_is_kept(workshop: Site, page: Page) -> None:
    page.goto(workshop.address)
    page.click("[data-theme-toggle]")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_output_never_becomes_markup(workshop: Site, page: Page, complaints: list[str]) -> None:
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    start_table(workshop, page, 3)
    page.wait_for_selector(".facts")
    expect(page.locator("h2").first).to_have_text(
        "Begin of <b>it</b> </pre><script>alert(1)</script>"
    )


def test_whole_path_works_without_scripts(workshop: Site, plain: Page) -> None:
    plain.goto(f"{workshop.address}/?q=slow")
    expect(plain.locator(".toolrow")).to_have_count(1)
    plain.click(".toolrow a")
    plain.fill("[name=lines]", "60")
    plain.fill("[name=pause]", "0")
    plain.check("[name=table]")
    plain.click("text=Show the command")
    expect(plain.locator("#shown")).to_contain_text("slow --lines=60")
    plain.click(".runbar .btn-primary")
    plain.wait_for_selector(".facts")

    plain.click("#table-1-sort-2")
    expect(plain.locator("tbody tr:first-child")).to_contain_text("item 59")
    plain.fill("#table-1-q", "item 413")
    plain.click("text=Apply")
    expect(plain.locator("tbody tr")).to_have_count(1)
    expect(plain).to_have_url(re.compile(r"1\.sort=-1"))
    plain.click("#t-raw")
    expect(plain.locator("#raw")).to_be_visible()


def test_running_page_reloads_itself_without_scripts(workshop: Site, plain: Page) -> None:
    run = workshop.run("/tools/slow", {"lines": "3000", "pause": "0.02"})
    plain.goto(workshop.address + run)
    assert 'http-equiv="refresh" content="3;url=' in plain.content()
    plain.click("text=Cancel run")
    plain.wait_for_selector(".chip:has-text('Cancelled')")


def test_global_answers_stay_when_another_command_is_chosen(workshop: Site, page: Page) -> None:
    page.goto(f"{workshop.address}/tools/widgets/all")
    page.fill("[name=timeout]", "7")
    page.click(".cmds a")
    page.wait_for_url("**?timeout=7")
    expect(page.locator("[name=timeout]")).to_have_value("7")
