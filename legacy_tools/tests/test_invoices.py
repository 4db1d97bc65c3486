"""invoices.py: what is wrong in a list, what is corrected, and the file that is written."""

import csv

import pytest

HEAD = "number,date,supplier,net,vat_rate,vat,total\n"
GOOD = "A1,2026-11-02,Merrow,100.00,20,20.00,120.00\n"


def checked(shell, text, *words, code=0):
    (shell.folder / "in.csv").write_text(text, encoding="utf-8")
    return shell.run("invoices.py", "in.csv", *words, code=code)


def written(shell, name="corrected.csv"):
    with open(shell.folder / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def faults(lines):
    return [" ".join(line.split()) for line in lines[lines.index("Faults") + 3 :]]


def test_list_without_faults_is_written_as_it_is(shell):
    lines, _ = checked(shell, HEAD + GOOD)
    assert lines[0] == "Invoices:      1"
    assert lines[4] == "Total:         £120.00"
    assert "Faults" not in lines
    assert (shell.folder / "corrected.csv").read_text(encoding="utf-8") == HEAD + GOOD


@pytest.mark.parametrize(
    ("row", "fault", "column", "now"),
    [
        ("B1,02/11/2026,M,100,20,20,120", "date not written as", "date", "2026-11-02"),
        ("B1,2 Nov 2026,M,100,20,20,120", "date not written as", "date", "2026-11-02"),
        ("B1,2026-11-02,M,100,20,19,120", "wrong VAT 19.00 20.00", "vat", "20.00"),
        ("B1,2026-11-02,M,100,20,20,102", "wrong total 102.00 120.00", "total", "120.00"),
        ('B1,2026-11-02,M,"1,000.00",20,200,', "wrong total - 1200.00", "total", "1200.00"),
        ("B1,2026-11-02,M,0.10,5,0.00,0.10", "wrong VAT 0.00 0.01", "vat", "0.01"),
        ("B1,31.11.2026,M,100,20,20,120", "no such date 31.11.2026 look", "date", "31.11.2026"),
        ("B1,2026-11-02,M,100,17.5,17.5,117.5", "unknown VAT rate 17.5 % look", "vat", "17.50"),
        ("B1,2026-11-02,,100,20,20,120", "no supplier - look at it", "supplier", ""),
        ("B1,2026-11-02,M,ten,20,2,12", "net is not a number ten look", "net", "ten"),
        ("a1,2026-11-02,M,100,20,20,120", "number used in line 2 a1 look", "number", "a1"),
        (",2026-11-02,M,100,20,20,120", "no invoice number - look", "number", ""),
    ],
)
def test_fault_is_told_and_corrected_where_that_is_sure(shell, row, fault, column, now):
    lines, _ = checked(shell, HEAD + GOOD + row + "\n")
    assert fault in faults(lines)[0]
    assert faults(lines)[0].startswith("3 ")
    assert written(shell)[1][column] == now


def test_other_separators_headings_and_marks_are_read(shell):
    text = "\ufeffInvoice No;Invoice date;Supplier;Net;VAT rate;VAT;Gross;Note\n"
    lines, _ = checked(shell, text + 'A1;2026-11-02;Merrow;1.234,5;20 %;1;2;"two\nlines"\n')
    assert "net is not a number" in faults(lines)[0]
    lines, _ = checked(shell, text + 'A1;2026-11-02;M;100,00;20 %;20,00;£120,00;"two\nlines"\n')
    assert "Faults" not in lines
    assert written(shell)[0]["note"] == "two\nlines"


def test_options_name_the_output_the_rates_and_the_first_day(shell):
    row = "B1,2026-12-01,M,100,7,7,107\n"
    words = ("--rate", "7", "--rate", "20", "--since", "2026-12-01", "--output", "out.csv")
    lines, _ = checked(shell, HEAD + GOOD + row, *words)
    assert "Faults" not in lines
    assert [each["number"] for each in written(shell, "out.csv")] == ["B1"]


def test_strict_fails_only_where_somebody_must_look(shell):
    checked(shell, HEAD + "B1,2026-11-02,M,100,20,19,120\n", "--strict")
    checked(shell, HEAD + "B1,2026-11-02,,100,20,20,120\n", "--strict", code=1)


def test_sample_list_of_the_environment_is_checked_without_a_file(shell, office):
    lines, _ = shell.run("invoices.py", INVOICES_FILE=str(office / "Invoices" / "november.csv"))
    assert lines[0] == "Invoices:      16"
    assert len(faults(lines)) == 10


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"", "in.csv is empty."),
        (b"a,b\n1,2\n", "has no column number and no date and no supplier"),
        (b"number,caf\xe9\n", "is not UTF-8 text. Save it as CSV UTF-8."),
        (HEAD.encode() + b'"open,2026\n' + b"x" * 140_000, "in.csv, line"),
    ],
)
def test_file_that_is_no_list_is_refused_and_nothing_is_written(shell, text, sentence):
    (shell.folder / "in.csv").write_bytes(text)
    _, told = shell.run("invoices.py", "in.csv", code=1)
    assert sentence in told
    assert not (shell.folder / "corrected.csv").exists()


def test_wrong_use_ends_with_two(shell):
    assert "Missing argument 'FILE'" in shell.run("invoices.py", code=2)[1]
    assert "No such file" in shell.run("invoices.py", "none.csv", code=2)[1]
