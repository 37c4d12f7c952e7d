# SPDX-License-Identifier: Apache-2.0
"""sentences.py PAGE.html...: what a page says by rule is made of whole sentences, in its language, of the right length."""
import re
import sys
from html.parser import HTMLParser

FORBIDDEN = ["dyad", "milex", "posterior", "burden", "of 100", "let go", "give or take", "8 in 10", "9 in 10", "5 in 10",
             "middle future", "prior-driven", "militarised", "±0.0", "United States of America", "nan%", "inf%"]
JAPANESE_KEPT = re.compile(r"tenbin [a-z]+ --[a-z]+|[a-z]+\.toml|tenbin [a-z]+|tenbin|SIPRI|NATO|GDP|AUKUS|THAAD|ANZUS|[A-Z][A-Z0-9-]+")
FOREIGN = ("ul", "pre")  # notes of the program and NOTICE, in their own language
QUOTED = ("bdi", "script", "style", "pre", "svg", "code")


class Text(HTMLParser):
    """Blocks of running text, each with its element and class; names from files are left out."""

    def __init__(self):
        super().__init__()
        self.blocks, self.open, self.language, self.quoted, self.foreign = [], [], "", 0, 0

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "html":
            self.language = attributes["lang"]
        self.foreign += tag in FOREIGN and "lang" in attributes
        if tag in ("p", "h1", "h2", "h3", "li", "figcaption", "summary"):
            self.open.append([tag, attributes.get("class") or "", "", self.foreign > 0])
        self.quoted += tag in QUOTED

    def handle_endtag(self, tag):
        self.quoted -= tag in QUOTED
        self.foreign -= tag in FOREIGN and self.foreign > 0
        if self.open and self.open[-1][0] == tag:
            self.blocks.append(self.open.pop())

    def handle_data(self, data):
        if self.open:
            self.open[-1][2] += "◦" if self.quoted else data


problems = []
for path in sys.argv[1:]:
    page = Text()
    page.feed(open(path, encoding="utf-8").read())
    japanese = page.language == "ja"

    def complain(what, text):
        problems.append(f"{path}: {what}: {text}")

    says = 0
    for tag, kind, text, own in page.blocks:
        text = re.sub(r"\s+", " ", text).strip()
        if own or not text:
            continue
        if re.search(r"[{}]", text):
            complain("a placeholder is left", text)
        for phrase in FORBIDDEN:
            if phrase in text:
                complain(f"“{phrase}”", text)
        if japanese and re.search(r"[A-Za-z]{4,}", JAPANESE_KEPT.sub("", re.sub("「.*?」", "", text))):
            complain("English on a Japanese page", text)
        if not japanese:
            if re.search(r"[a-z)%][.!?](?=[A-Z][a-z])", text):
                complain("sentences without a space", text)
            if re.search(r"\b(\w+) \1\b", re.sub(r"\d+", "", text)) and "that that" not in text:
                complain("a word twice", text)
        if kind == "says":
            says += 1
            if not re.search("。$" if japanese else r"[.!?)]$", text) or not (japanese or text[0].isupper() or text[0] == "◦"):
                complain("no whole sentence", text)
        if tag == "h1":
            if len(text) > 60 if japanese else len(text.split()) > 16:
                complain("too long", text)
        if kind == "deck" and (len(text) > 140 if japanese else len(text.split()) > 45):
            complain("too long", text)
    if says < 3:
        complain("too few answers", str(says))
print(f"{len(sys.argv) - 1} pages, {len(problems)} problems")
for problem in problems:
    print(problem)
sys.exit(bool(problems))
