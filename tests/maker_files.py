# SPDX-License-Identifier: Apache-2.0
# Writes stand-ins for the makers' files into the folder named: their names, columns and forms, figures of our own.
import math
import os
import sys
import zipfile

folder, source = sys.argv[1], os.environ["SOURCE"]
os.makedirs(folder, exist_ok=True)
with open(os.path.join(source, "fuzz/seeds/sipri/a"), encoding="utf-8") as f:
    parts = dict(piece.split("\n", 1) for piece in f.read().split("=== ")[1:])
states = {"Japan": (50000, 0.011), "China": (300000, 0.017), "Korea, South": (43000, 0.026), "United States of America": (900000, 0.034)}


def letters(column):
    text = ""
    while column >= 0:
        text = chr(65 + column % 26) + text
        column = column // 26 - 1
    return text


def sheet(title, first, last, value):
    def cell(row, column, content):
        at = f'r="{letters(column)}{row}"'
        if isinstance(content, str):
            return f'<c {at} t="inlineStr"><is><t>{content}</t></is></c>'
        return f'<c {at}><v>{content!r}</v></c>'
    years = range(first, last + 1)
    rows = [f'<row r="1">{cell(1, 0, title)}</row>',
            '<row r="6">' + cell(6, 0, "Country") + cell(6, 1, "Notes") + "".join(cell(6, 2 + k, y) for k, y in enumerate(years)) + "</row>",
            f'<row r="7">{cell(7, 0, "Asia")}</row>']
    for k, name in enumerate(states):
        row = 8 + k
        rows.append(f'<row r="{row}">' + cell(row, 0, name) + cell(row, 1, "4") + "".join(cell(row, 2 + j, value(name, k, y)) for j, y in enumerate(years)) + "</row>")
    return "<worksheet><sheetData>" + "".join(rows) + "</sheetData></worksheet>"


def workbook(last, dollars_of, dollar, revised):
    def dollars(name, k, year):
        if name == "Korea, South" and year < 2001:
            return "..."
        milex = states[name][0] * math.exp(0.03 * (year - 2020) + 0.02 * math.sin(1.7 * year + k)) * dollar
        return milex * (1.05 if revised and name == "Japan" and year == 2023 else 1)

    def share(name, k, year):
        return states[name][1] * (1 + 0.05 * math.sin(0.9 * year + k)) if dollars(name, k, year) != "..." else "..."
    changed = {**parts, "xl/worksheets/sheet1.xml": sheet(f"Military expenditure by country, in constant ({dollars_of}) US$ m., 1995-{last}", 1995, last, dollars),
               "xl/worksheets/sheet2.xml": sheet("Share of GDP", 1995, last, share),
               "xl/workbook.xml": parts["xl/workbook.xml"].replace("2024", str(dollars_of)),
               "docProps/core.xml": parts["docProps/core.xml"].replace("2026", str(last + 1))}
    with zipfile.ZipFile(os.path.join(folder, f"SIPRI-Milex-data-1949-{last}.xlsx"), "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in changed.items():
            z.writestr(name, text)


workbook(2024, 2023, 1.0, False)
workbook(2025, 2024, 1.03, True)


def write(name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
        f.write(text)


def seed(name):
    with open(os.path.join(source, "fuzz/seeds", name), encoding="utf-8") as f:
        return f.read()


write("dyadic_mid_4.03.csv", seed("cow_disputes/a"))
write("alliance_v4.1_by_directed.csv", seed("cow_alliances/a"))
write("atop5_1ddyr.csv", seed("atop/a"))
write("tss_rivalries.csv", seed("rivalries/a"))
write("dyad-years.csv", seed("dyad_years/a"))
with zipfile.ZipFile(os.path.join(folder, "V-Dem-CY-Core_csv_v16.zip"), "w") as z:
    z.writestr("V-Dem-CY-Core-v16.csv", seed("vdem/a"))
with zipfile.ZipFile(os.path.join(folder, "API_MS.MIL.TOTL.P1_DS2_en_csv_v2.zip"), "w") as z:
    z.writestr("Metadata_Country_API.csv", '"Country Code","Region"\n"JPN","East Asia"\n')
    z.writestr("API_MS.MIL.TOTL.P1_DS2_en_csv_v2.csv", seed("world_bank/c"))
nmc = "stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version\n"
for code, milex in ((2, 300000000), (740, 20000000), (732, 9000000), (710, 60000000)):
    for year in range(1990, 2017):
        nmc += f",{code},{year},{milex * (1 + 0.03 * (year - 2000)):.0f},250,-9,-9,-9,-9,-9,2026\n"
with zipfile.ZipFile(os.path.join(folder, "NMC-70-abridged.zip"), "w") as z:
    z.writestr("NMC-70-abridged.csv", nmc)
