# SPDX-License-Identifier: Apache-2.0
"""Reads and writes the file of a fit by docs/formats.md alone, so that tests can compare it with netCDF and doctor it."""
import hashlib
import struct

# What the frame holds, in its order: name and type. A list is (type of an element,), a struct a list of members.
COLUMN = [("name", "text"), ("elements", ("text",)), ("offset", "u64"), ("fixed", "bool")]
DRAWS = [("equation", "text"), ("chains", "i32"), ("draws_per_chain", "i32"), ("columns", (COLUMN,)), ("width", "u64"), ("values", ("f64",)),
         ("log_density", ("f64",)), ("acceptance", ("f64",)), ("tree_depth", ("i32",)), ("leapfrogs", ("i32",)), ("divergent", ("i8",))]
ROW = [("state", "text"), ("year", "i32")] + [(name, "f64") for name in (
    "milex_growth", "milex_growth_lag", "log_burden_lag", "gdp_growth", "threat_lag", "support_lag", "rival_growth_lag", "ally_growth_lag")]
POSTERIOR = [("attributes", ([("name", "text"), ("text", "text")],)), ("spending", DRAWS), ("economy", DRAWS),
             ("spending_summary", ("f64",)), ("economy_summary", ("f64",)), ("observed", (ROW,))]
NUMBERS = {"bool": "B", "i8": "b", "i32": "i", "u64": "Q", "f64": "d"}
HEAD = "<8sIIQQ"  # magic, kind, version, layout, length
KIND = 8
MASK = (1 << 64) - 1


def digest(data):
    """The digest at the end of a frame."""
    def mixed(h, x):
        h = (h ^ x) * 0x9E3779B97F4A7C15 & MASK
        return h ^ h >> 32
    h = len(data)
    for at in range(0, len(data), 8):
        h = mixed(h, int.from_bytes(data[at:at + 8], "little"))
    return h


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def number(self, kind):
        (x,) = struct.unpack_from("<" + NUMBERS[kind], self.data, self.at)
        self.at += struct.calcsize("<" + NUMBERS[kind])
        return x

    def take(self, kind):
        if kind == "text":
            size = self.number("u64")
            self.at += size
            return self.data[self.at - size:self.at].decode()
        if isinstance(kind, tuple):
            size, (element,) = self.number("u64"), kind
            if isinstance(element, str) and element != "text":
                values = struct.unpack_from(f"<{size}{NUMBERS[element]}", self.data, self.at)
                self.at += struct.calcsize(f"<{size}{NUMBERS[element]}")
                return list(values)
            return [self.take(element) for _ in range(size)]
        if isinstance(kind, list):
            return {name: self.take(member) for name, member in kind}
        return self.number(kind)


def written(kind, x):
    if kind == "text":
        return struct.pack("<Q", len(x.encode())) + x.encode()
    if isinstance(kind, tuple):
        if isinstance(kind[0], str) and kind[0] != "text":
            return struct.pack(f"<Q{len(x)}{NUMBERS[kind[0]]}", len(x), *x)
        return struct.pack("<Q", len(x)) + b"".join(written(kind[0], one) for one in x)
    if isinstance(kind, list):
        return b"".join(written(member, x[name]) for name, member in kind)
    return struct.pack("<" + NUMBERS[kind], x)


def read(path):
    """All that a file holds, as dictionaries and lists; its attributes as pairs."""
    data = open(path, "rb").read()
    magic, kind, version, layout, length = struct.unpack_from(HEAD, data)
    assert magic == b"tenbin\r\n" and kind == KIND and version == 1, (magic, kind, version)
    start = struct.calcsize(HEAD)
    assert len(data) == start + length + 8 + 32
    assert hashlib.sha256(data[:-32]).digest() == data[-32:]
    assert digest(data[:start + length]) == int.from_bytes(data[start + length:-32], "little")
    reader = Reader(data[start:start + length])
    held = reader.take(POSTERIOR)
    assert reader.at == length
    held["attributes"] = [(a["name"], a["text"]) for a in held["attributes"]]
    held["layout"] = layout
    return held


def write(path, held):
    """A file with these contents, whatever they are, and with the right digests."""
    body = written(POSTERIOR, {**held, "attributes": [{"name": n, "text": t} for n, t in held["attributes"]]})
    frame = struct.pack(HEAD, b"tenbin\r\n", KIND, 1, held["layout"], len(body)) + body
    frame += digest(frame).to_bytes(8, "little")
    with open(path, "wb") as out:
        out.write(frame + hashlib.sha256(frame).digest())
