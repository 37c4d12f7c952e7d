# SPDX-License-Identifier: Apache-2.0
# Writes workbooks that are cut short, locked, something else, or made to hurt, into the folder named, and a list of them: for
# each its file, its name, and a word of the refusal that is due.
import io
import os
import struct
import sys
import zipfile

# A small workbook that is read: what the others are made of.
parts = {}
with open(os.path.join(os.environ["SOURCE"], "fuzz/seeds/sipri/a"), encoding="utf-8") as f:
    for piece in f.read().split("=== ")[1:]:
        name, text = piece.split("\n", 1)
        parts[name] = text
sheet = "xl/worksheets/sheet1.xml"
kind = zipfile.ZIP_DEFLATED


def workbook(**changed):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind, compresslevel=1) as z:
        for name, text in {**parts, **changed}.items():
            z.writestr(name, text)
    return out.getvalue()


def with_sheet(text):
    return workbook(**{sheet: text})


def rows(inner):
    return "<worksheet><sheetData>" + inner + "</sheetData></worksheet>"


laughs = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + k)} "{("&" + chr(97 + k) + ";") * 10}">' for k in range(20)) + "]>"


def lying_size():  # says 1 kB, unpacks to 300 MB
    data = bytearray(with_sheet(b"<a>" + b" " * ((300 << 20) - 3)))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        size, = struct.unpack_from("<I", data, at + 24)
        if size == 300 << 20:
            struct.pack_into("<I", data, at + 24, 1024)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def many_members():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as z:
        for k in range(70000):
            z.writestr(f"f{k}", "")
    return out.getvalue()


def locked():
    data = bytearray(workbook())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


good = workbook()
cases = {
    "nothing in it": (b"", "empty"),
    "cut in the middle": (good[: len(good) // 2], "cut short"),
    "cut in the list": (good[:-30], "cut short"),
    "a byte changed": (good[:900] + bytes([good[900] ^ 255]) + good[901:], ""),
    "with a password, as Excel does it": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000, "password"),
    "with a password, as zip does it": (locked(), "password"),
    "a CSV renamed": (b"state,year,milex\nJPN,2024,1\n", "no workbook"),
    "a PDF renamed": (b"%PDF-1.7\n" + b"x" * 4000, "a PDF"),
    "a web page renamed": (b"<!DOCTYPE html><html><body>Sign in</body></html>", "web page"),
    "a zip of something else": (workbook(**{"_rels/.rels": "<Relationships/>"}), "no workbook"),
    "another workbook": (workbook(**{"xl/workbook.xml": parts["xl/workbook.xml"].replace("Constant", "Other")}), "Constant"),
    "a formula": (with_sheet(parts[sheet].replace("<v>50000.5</v>", "<f>1+1</f><v>50000.5</v>")), "formula"),
    "a part of a gigabyte": (with_sheet(b" " * (1 << 30)), "MB"),
    "a part that lies about its size": (lying_size(), "unpacks to more"),
    "a million empty rows": (with_sheet(rows("<row/>" * 1000000)), "rows"),
    "a million empty rows with numbers": (with_sheet(rows("".join(f'<row r="{k}"/>' for k in range(1000000)))), "MB"),
    "a row of a million cells": (with_sheet(rows("<row>" + "<c/>" * 1000000 + "</row>")), "cells"),
    "entities that grow": (with_sheet(laughs + rows("<row><c><v>&t;</v></c></row>")), "document type"),
    "entities in the texts": (workbook(**{"xl/sharedStrings.xml": laughs + "<sst><si><t>&t;</t></si></sst>"}), "document type"),
    "an entity from a file": (with_sheet('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + rows("&a;")), "document type"),
    "a tag of seven megabytes": (with_sheet('<worksheet a="' + "x" * 7000000), "tag"),
    "a namespace of 900 kB": (with_sheet('<worksheet xmlns="' + "u" * 900000 + '">' + "<x/>" * 400000 + "</worksheet>"), "namespace"),
    "two million nested tags": (with_sheet("<a>" * 2000000), "deep"),
    "a million names of tags": (with_sheet(rows("".join(f"<b{k:x}/>" for k in range(800000)))), "elements"),
    "a million texts": (workbook(**{"xl/sharedStrings.xml": "<sst>" + "<si/>" * 1000000 + "</sst>"}), "texts"),
    "one text of eight megabytes, a thousand times": (
        workbook(**{"xl/sharedStrings.xml": "<sst><si><t>" + "x" * 7900000 + "</t></si></sst>",
                    sheet: rows("".join(f'<row r="{k}"><c t="s"><v>0</v></c></row>' for k in range(1, 1001)))}), "text"),
    "70,000 files in the zip": (many_members(), "files"),
    "no XML": (with_sheet("hello"), "no XML"),
}

with open(os.path.join(sys.argv[1], "list"), "w", encoding="utf-8") as f:
    for k, (name, (data, word)) in enumerate({**cases, "the small one, which is good": (good, "")}.items()):
        f.write(f"{k}.case\t{name}\t{word}\n")
        with open(os.path.join(sys.argv[1], f"{k}.case"), "wb") as case:
            case.write(data)
