// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "common.hpp"
#include "tenbin/briefing/page.hpp"
#include "tenbin/briefing/seal.hpp"
#include "tenbin/briefing/words.hpp"
#include "tenbin/io/encoding.hpp"
#include "tenbin/io/text_file.hpp"
#include "tenbin/session/page.hpp"
#include "tenbin/study/carried.hpp"

namespace tenbin::app {
namespace verify_verb {

constexpr std::size_t most_carried = std::size_t{512} << 20;  // bytes, before deflating

/// What stands between two marks, or nothing.
std::optional<std::string_view> between(std::string_view text, std::string_view from,
                                        std::string_view to) {
  const std::size_t begin = text.find(from);
  if (begin == std::string_view::npos) return std::nullopt;
  const std::size_t end = text.find(to, begin + from.size());
  if (end == std::string_view::npos) return std::nullopt;
  return text.substr(begin + from.size(), end - begin - from.size());
}

std::string_view body_of(std::string_view html) {
  return between(html, "<body>\n", "</body>").value_or("");
}

/// A text from a doubtful file: no control character reaches the terminal.
std::string harmless(const std::string& text) {
  std::string safe;
  for (std::size_t k = 0; k < text.size(); ++k) {
    const auto c = static_cast<unsigned char>(text[k]);
    const bool c1 =
        c == 0xc2 && k + 1 < text.size() && static_cast<unsigned char>(text[k + 1]) < 0xa0;
    if (c < 0x20 || c == 0x7f || c1)
      safe += "\ufffd", k += c1;
    else
      safe += text[k];
  }
  return safe;
}

/// A live page's file, taken apart.
class Page {
 public:
  explicit Page(std::string path) : path_(std::move(path)) {
    Problems problems;
    const auto text = read_text(path_, problems);
    if (!text) throw Error(std::move(problems));
    for (const char c : *text)  // a mailer may have given it other line ends
      if (c != '\r') html_ += c;
  }

  const std::string& html() const { return html_; }

  /// What it carries. Throws Error where it carries nothing, or another tenbin wrote it, or what it
  /// carries is damaged.
  Carried carried() const {
    const auto data = stowed("tenbin-data");
    const auto by = data ? between(*data, "\"creator\":\"", "\"") : std::nullopt;
    if (!stowed(study_element) || !stowed(record_element) || !by)
      refuse("this is no live page of tenbin: it carries nothing to compute from",
             "Give a page that tenbin brief has written, without --plain");
    if (*by != creator())
      refuse(fmt::format("the page was written by {}, and this is {}", harmless(std::string(*by)),
                         creator()),
             "Verify it with the tenbin that wrote it");
    Carried c;
    const std::string study = bytes(study_element);
    auto read = from_bytes(as_bytes(study));
    if (!read) refuse("the study in it is damaged", "Make the page again");
    c.study = std::move(*read);
    if (!put_record(as_bytes(bytes(record_element)), c))
      refuse("the record of the fit in it is damaged", "Make the page again");
    return c;
  }

  /// The page that it should be, as `computed` has it, but stowed with this page's deflate, which
  /// may be another library's.
  std::string as_stowed_here(std::string computed) const {
    for (const char* element : {study_element, record_element}) {
      const auto here = stowed(element), there = between(computed, id(element), "<");
      if (!there || *here == *there || inflate(*here) != inflate(*there)) continue;
      computed.replace(computed.find(*there), there->size(), *here);
    }
    const auto sealed = between(computed, seal_mark, "\"");
    computed.replace(computed.find(*sealed), sealed->size(), seal(body_of(computed)));
    return computed;
  }

  static constexpr std::string_view seal_mark = "name=\"tenbin-seal\" content=\"";
  bool sealed() const {
    const auto written = between(html_, seal_mark, "\"");
    return written && *written == seal(body_of(html_));
  }

  [[noreturn]] void refuse(const std::string& what, const std::string& mend) const {
    throw Error({{path_, what, mend}});
  }

 private:
  static std::string id(const char* element) { return fmt::format("id=\"{}\">", element); }
  std::optional<std::string_view> stowed(const char* element) const {
    return between(html_, id(element), "</script");
  }
  static std::span<const unsigned char> as_bytes(const std::string& text) {
    return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
  }
  static std::optional<std::string> inflate(std::string_view coded) {
    const auto packed = from_base64(coded);
    return packed ? inflated(*packed, most_carried) : std::nullopt;
  }
  std::string bytes(const char* element) const {
    auto plain = inflate(*stowed(element));
    if (!plain) refuse(fmt::format("what {} holds is damaged", element), "Make the page again");
    return std::move(*plain);
  }

  std::string path_, html_;
};

bool is_number(const Piece& p) {
  return !p.element && p.text.size() < 200 && p.text.find_first_of("0123456789") != p.text.npos;
}

/// For a message.
std::string quoted(const std::string& text) { return shortened(harmless(text), 120); }

/// Around the first place where two long texts part.
std::pair<std::string, std::string> where_they_part(const std::string& a, const std::string& b) {
  std::size_t at = 0;
  while (at < a.size() && at < b.size() && a[at] == b[at]) ++at;
  if (at <= 60) return {quoted(a), quoted(b)};
  std::size_t from = at - 40;
  while (from < at && (static_cast<unsigned char>(a[from]) & 0xc0) == 0x80) ++from;
  return {"\u2026" + quoted(a.substr(from)), "\u2026" + quoted(b.substr(from))};
}

/// The first piece that differs, with the heading and the row it stands under.
std::optional<std::string> first_difference(const std::string& given, const std::string& computed) {
  const auto a = tenbin::pieces(body_of(given)), b = tenbin::pieces(body_of(computed));
  std::string heading, row;
  const std::size_t both = std::min(a.size(), b.size());
  for (std::size_t k = 0; k < both; ++k) {
    if (a[k].text != b[k].text) {
      const auto [says, is] = where_they_part(a[k].text, b[k].text);
      return fmt::format("{}{}: the page says \u201c{}\u201d, computed is \u201c{}\u201d",
                         heading.empty() ? "at its head" : "under \u201c" + heading + "\u201d",
                         row.empty() ? "" : ", " + row, says, is);
    }
    if (!a[k].element || k + 1 == both) continue;
    std::size_t text = k + 1;  // of a heading or the first cell of a row, past marks inside it
    while (text + 1 < both && a[text].element) ++text;
    const std::string& tag = a[k].text;
    if (tag.starts_with("<h2") || tag.starts_with("<h1"))
      heading = quoted(a[text].text), row.clear();
    if (tag == "<th>") row = quoted(a[text].text);
    if (tag.starts_with("<script")) heading = "what it carries", row = tag;
  }
  if (a.size() != b.size())
    return fmt::format("it has {} pieces, computed are {}", a.size(), b.size());
  return std::nullopt;
}

}  // namespace verify_verb

void add_verify(CLI::App& program) {
  using namespace verify_verb;
  struct Flags {
    std::string page;
    CommonFlags common;
  };
  auto flags = std::make_shared<Flags>();
  CLI::App& verb = *program.add_subcommand(
      "verify", "computes a page again from what it carries: is every number as it says?");
  verb.add_option("FILE", flags->page, "a page of tenbin brief")->required();
  add_common(verb, flags->common);
  verb.callback([flags] {
    const Page page(flags->page);
    const Carried carried = page.carried();
    Progress progress("computing the page again", flags->common.quiet);
    const Briefing again = brief(carried, flags->common.execution(), [&](double part) {
      progress.show(part);
      return !interruption_asked();
    });
    stop_if_asked();
    const LivePage live{carried, live_script()};
    if (live.script.text.empty())
      page.refuse("this tenbin was built without the engine for pages, and cannot write one again",
                  "Build it with ./run");
    const std::string computed = page.as_stowed_here(render(again, &live));
    const bool same_script = page.html().find(live.script.text) != std::string::npos;
    const char* const other_build =
        "Its script is not this build's either: another build of this version may have written it";
    if (const auto found = first_difference(page.html(), computed))
      page.refuse(*found, !same_script    ? other_build
                          : page.sealed() ? "The page was made, or sealed again, with other numbers"
                                          : "The page was changed after it was written");
    if (!page.sealed())
      page.refuse("its seal is not that of its contents",
                  "The page was changed after it was written");
    if (page.html() != computed)
      page.refuse(same_script
                      ? "its numbers are as computed, but spaces, style or head are not as "
                        "this tenbin writes them"
                      : "its numbers are as computed, but its script is not the one of this "
                        "build",
                  "Open it only if you trust whoever sent it");
    const auto all = tenbin::pieces(body_of(page.html()));
    const Scenario& base = carried.study.scenarios[0];
    fmt::print(
        "{}: every piece with a number ({}), and every other byte, is as computed again\n"
        "from what it carries: the figures of panel {} (its files had the hash {}), {} scenarios, "
        "{} draws of the posterior; {} futures, seed {}; written by {}\n"
        "taken as carried, not computed: the fit's summaries and health{}\n",
        flags->page, std::count_if(all.begin(), all.end(), is_number),
        harmless(carried.study.panel.name), harmless(carried.study.panel.hash.substr(0, 16)),
        carried.study.scenarios.size(), carried.study.spending.size(), base.futures, base.seed,
        carried.creator, carried.record ? ", and the scorecard of its past" : "");
  });
}

}  // namespace tenbin::app
