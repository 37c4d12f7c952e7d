// SPDX-License-Identifier: Apache-2.0
// A register's text as it is, then its lines with a chain that is put right here, so that the
// mutations reach what stands behind it. Entries that are accepted are written as a register
// without a break, which is read as it was written.
#include <vector>

#include "in_memory.hpp"
#include "tenbin/io/digest.hpp"
#include "tenbin/io/register_file.hpp"
#include "tenbin/io/tidy_file.hpp"

namespace {

using namespace tenbin;

/// The entries of a text that is a register, in their places.
std::vector<RegisterEntry> entries_of(std::string_view text) {
  std::vector<RegisterEntry> entries;
  const auto lines = std::count(text.begin(), text.end(), '\n') + 2;  // one may be missing
  try {
    const Register read = register_of(text, "r.csv");
    for (const ChainBreak& b : read.breaks)
      fuzz::expect(b.line >= 2 && b.line <= lines && !b.what.empty());
    for (const RegisterLine& line : read.lines) {
      fuzz::expect(line.line >= 2 && line.line <= lines);
      if (line.intact) entries.push_back(line.entry);
    }
  } catch (const Error& error) {
    fuzz::expect_said(error.problems, text);
  }
  return entries;
}

/// The lines with the chain that they should have, behind a register's header.
std::string chained(std::string_view lines) {
  std::string header;
  for (const RegisterColumn& c : register_columns)
    header += (header.empty() ? "" : ",") + std::string(c.name);
  std::string chain = sha256_hex(header), text = header + ",chain\n";
  while (!lines.empty()) {
    const std::string line(lines.substr(0, lines.find('\n')));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    chain = sha256_hex(chain + "\n" + line);
    text += line + "," + chain + "\n";
  }
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::Input(data, size).text();
  entries_of(text);
  const auto entries = entries_of(chained(text));
  if (entries.empty()) return 0;
  const std::string once = csv_text(register_table(entries));
  const auto again = entries_of(once);
  fuzz::expect(again.size() == entries.size() && csv_text(register_table(again)) == once);
  return 0;
}
