// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/written_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "tenbin/core/problem.hpp"
#include "tenbin/io/encoding.hpp"
#include "tenbin/io/text.hpp"
#include "tenbin/page/live_section.hpp"
#include "tenbin/page/seal.hpp"
#include "tenbin/page/words.hpp"

namespace tenbin {
namespace {

constexpr std::size_t most_carried = std::size_t{512} << 20;  // bytes, before deflating
/// Bytes that one deflated byte may stand for, of data above 16 MB: draws do not deflate, so that
/// what a page carries is 1 to 6 times as long. A page made to eat memory has about 1,000.
constexpr std::size_t most_inflation = 64;
constexpr std::size_t any_inflation = std::size_t{16} << 20;

/// What stands between two marks, or nothing.
std::optional<std::string_view> between(std::string_view text, std::string_view from,
                                        std::string_view to) {
  const std::size_t begin = text.find(from);
  if (begin == std::string_view::npos) return std::nullopt;
  const std::size_t end = text.find(to, begin + from.size());
  if (end == std::string_view::npos) return std::nullopt;
  return text.substr(begin + from.size(), end - begin - from.size());
}

constexpr std::size_t longest_sentence = 2000;  // bytes; what is longer is data
constexpr std::string_view seal_mark = "name=\"tenbin-seal\" content=\"";

std::string id(const char* element) { return fmt::format("id=\"{}\">", element); }
std::optional<std::string> inflate(std::string_view coded) {
  const auto packed = from_base64(coded);
  if (!packed) return std::nullopt;
  const std::size_t most = std::max(any_inflation, most_inflation * packed->size());
  return inflated(*packed, std::min(most, most_carried));
}

/// For a message.
std::string quoted(const std::string& text) {
  return shortened(printable(text, LineEnds::replaced), 120);
}

/// The one word in which two texts differ, as each has it; nothing where more do.
std::optional<std::pair<std::string, std::string>> word_that_differs(const std::string& a,
                                                                     const std::string& b) {
  const auto words = [](const std::string& text) {
    std::vector<std::string> all(1);
    for (std::size_t k = 0; k < text.size(); ++k) {
      const bool no_break = text.compare(k, 2, "\u00a0") == 0;
      if (text[k] != ' ' && !no_break) {
        all.back() += text[k];
        continue;
      }
      k += no_break;
      all.emplace_back();
    }
    return all;
  };
  const auto of_a = words(a), of_b = words(b);
  if (of_a.size() != of_b.size() || of_a.size() < 2) return std::nullopt;
  std::optional<std::pair<std::string, std::string>> differs;
  for (std::size_t k = 0; k < of_a.size(); ++k) {
    if (of_a[k] == of_b[k]) continue;
    if (differs) return std::nullopt;
    differs.emplace(quoted(of_a[k]), quoted(of_b[k]));
  }
  return differs;
}

/// Around the first place where two long texts part.
std::pair<std::string, std::string> where_they_part(const std::string& a, const std::string& b) {
  std::size_t at = 0;
  while (at < a.size() && at < b.size() && a[at] == b[at]) ++at;
  if (at <= 60) return {quoted(a), quoted(b)};
  std::size_t from = at - 40;
  while (from < at && (static_cast<unsigned char>(a[from]) & 0xc0) == 0x80) ++from;
  return {"\u2026" + quoted(a.substr(from)), "\u2026" + quoted(b.substr(from))};
}

}  // namespace

std::string_view head_of(std::string_view html) {
  return between(html, "<head>\n", "</head>").value_or("");
}

std::string_view body_of(std::string_view html) {
  return between(html, "<body>\n", "</body>").value_or("");
}

WrittenPage::WrittenPage(std::string path, std::string_view text)
    : path_(std::move(path)), html_(text) {
  std::erase(html_, '\r');  // a mailer may have given it other line ends
}

Carried WrittenPage::carried(const std::string& creator) const {
  const auto data = stowed("tenbin-data");
  std::string_view by;  // no std::optional: g++ 12 takes its value for unset at -O1
  if (data) by = between(*data, "\"creator\":\"", "\"").value_or("");
  if (!stowed(study_element) || !stowed(record_element) || by.empty())
    refuse("this is no live page of tenbin: it carries nothing to compute from",
           "Give a page that tenbin brief has written, without --plain");
  if (by != creator)
    refuse(fmt::format("the page was written by {}, and this is {}",
                       printable(by, LineEnds::replaced), creator),
           "Verify it with the tenbin that wrote it");
  Carried c;
  std::string fault;
  auto read = from_bytes(bytes(study_element), &fault);
  if (!read)
    refuse("the study in it is damaged: " + fault, "Ask for the page again, or make it again");
  c.study = std::move(*read);
  if (!put_record(bytes(record_element), c))
    refuse("the record of the fit in it is damaged", "Ask for the page again, or make it again");
  return c;
}

std::string WrittenPage::as_stowed_here(std::string computed) const {
  for (const char* element : {study_element, record_element, other_element}) {
    const auto here = stowed(element), there = between(computed, id(element), "<");
    if (!there || *here == *there || inflate(*here) != inflate(*there)) continue;
    computed.replace(computed.find(*there), there->size(), *here);
  }
  const auto sealed = between(computed, seal_mark, "\"");
  computed.replace(computed.find(*sealed), sealed->size(),
                   seal(head_of(computed), body_of(computed)));
  return computed;
}

Language WrittenPage::language() const {
  return language_of(between(html_, "<html lang=\"", "\"").value_or(""));
}

bool WrittenPage::sealed() const {
  const auto written = between(html_, seal_mark, "\"");
  return written && *written == seal(head_of(html_), body_of(html_));
}

void WrittenPage::refuse(const std::string& what, const std::string& fix) const {
  throw Error({{path_, what, fix}});
}

std::optional<std::string_view> WrittenPage::stowed(const char* element) const {
  return between(html_, id(element), "</script");
}

std::string WrittenPage::bytes(const char* element) const {
  auto plain = inflate(*stowed(element));
  if (!plain)
    refuse(fmt::format("what {} holds is damaged", element),
           "Ask for the page again, or make it again");
  return std::move(*plain);
}

std::optional<Rewritten> rewritten(const std::string& given, const std::string& computed) {
  const auto has_number = [](const std::string& text) {
    return text.size() < 200 && text.find_first_of("0123456789") != std::string::npos;
  };
  const auto body = [](const std::string& html) {
    const std::size_t begin = html.find("<body");
    return std::string_view(html).substr(begin == std::string::npos ? html.size() : begin);
  };
  const auto all = tenbin::pieces(body(given));
  Rewritten form;
  std::size_t at = 0;
  for (const Piece& piece : tenbin::pieces(body_of(computed))) {
    if (piece.element) continue;
    for (;; ++at) {
      if (at == all.size()) return std::nullopt;
      if (all[at].element) continue;
      if (all[at].text == piece.text) break;
      ++form.added;
      if (!has_number(all[at].text)) continue;
      if (form.with_a_number++ == 0) form.first = quoted(all[at].text);
    }
    ++at;
  }
  return form;
}

namespace {

/// The sheet in the other language that a page holds; nothing where it has none.
std::optional<std::string> other_sheet(const std::string& html) {
  const auto coded = between(html, id(other_element), "<");
  return coded ? inflate(*coded) : std::nullopt;
}

std::optional<std::string> difference_of(std::string_view given, std::string_view computed);

}  // namespace

std::optional<std::string> first_difference(const std::string& given, const std::string& computed) {
  const auto mine = other_sheet(given), again = other_sheet(computed);
  auto found = difference_of(body_of(given), body_of(computed));
  // Bytes of what is deflated say nothing to a reader: the words of the other language do.
  if (found && mine && again && *mine != *again && found->find(other_element) != std::string::npos)
    if (auto inside = difference_of(*mine, *again)) return "in its other language, " + *inside;
  return found;
}

namespace {

std::optional<std::string> difference_of(std::string_view given, std::string_view computed) {
  const auto a = tenbin::pieces(given), b = tenbin::pieces(computed);
  std::string heading, row;
  const std::size_t both = std::min(a.size(), b.size());
  for (std::size_t k = 0; k < both; ++k) {
    if (a[k].text != b[k].text) {
      const std::string place =
          (heading.empty() ? "at its head" : "under \u201c" + heading + "\u201d") +
          (row.empty() ? "" : ", " + row);
      const bool words = !a[k].element && !b[k].element && b[k].text.size() < longest_sentence;
      if (const auto word = words ? word_that_differs(a[k].text, b[k].text) : std::nullopt)
        return fmt::format("{}: the page says {}, computed is {}, in \u201c{}\u201d", place,
                           word->first, word->second, quoted(b[k].text));
      const auto [says, is] = where_they_part(a[k].text, b[k].text);
      return fmt::format("{}: the page says \u201c{}\u201d, computed is \u201c{}\u201d", place,
                         says, is);
    }
    if (!a[k].element || k + 1 == both) continue;
    std::size_t text = k + 1;  // of a heading or the first cell of a row, past marks inside it
    while (text + 1 < both && a[text].element) ++text;
    const std::string& tag = a[k].text;
    if (tag.starts_with("<h1") || tag.starts_with("<h2") || tag.starts_with("<h3"))
      heading = quoted(a[text].text), row.clear();
    if (tag == "<th>" || tag.starts_with("<th scope=row")) row = quoted(a[text].text);
    if (tag.starts_with("<script")) heading = "what it carries", row = tag;
  }
  if (a.size() != b.size())
    return fmt::format("it has {} pieces, computed are {}", a.size(), b.size());
  return std::nullopt;
}

}  // namespace

}  // namespace tenbin
