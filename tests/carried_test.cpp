// SPDX-License-Identifier: Apache-2.0
// What a live page is made of: it comes back from its bytes, and makes the same page again.
#include "tenbin/page/carried.hpp"

#include <doctest/doctest.h>

#include <cstring>

#include "fixture.hpp"
#include "made_posterior.hpp"
#include "tenbin/core/problem.hpp"
#include "tenbin/io/encoding.hpp"
#include "tenbin/page/page.hpp"
#include "tenbin/page/seal.hpp"
#include "tenbin/page/written_page.hpp"

namespace carried_test {

using namespace tenbin;

namespace {

struct Made {
  Posterior posterior;
  Carried carried;
};
const Made& made() {
  static const Made m = [] {
    const Panel panel = fixture::disputing_panel();
    Scenario base = fixture::scenario(), other = base;
    base.levers.clear();
    base.futures = other.futures = 60;
    base.blocs = {{"one", {0, 2}}, {"two", {1}}};
    Made x{fixture::posterior(), {}};
    x.carried = carried(compile(past_of(panel, base.start), {base, other}), x.posterior);
    x.carried.creator = "tenbin of a test";
    x.carried.no_record = "Nobody tried";
    return x;
  }();
  return m;
}

Carried from_its_bytes(const Carried& c) {
  Carried back;
  auto study = from_bytes(to_bytes(c.study));
  REQUIRE(study);
  back.study = std::move(*study);
  REQUIRE(put_record(record_bytes(c), back));
  return back;
}

std::string page(const Carried& c) {
  const LivePage live{c, {"run()", "hash"}};
  return render(brief(c, {}), Language::english, &live);
}

}  // namespace

TEST_CASE("a page is made again, byte by byte, from what it carries") {
  const Carried back = from_its_bytes(made().carried);
  const std::string html = page(back);
  CHECK(html == page(made().carried));
  const std::size_t body = html.find("<body>\n") + 7, end = html.find("</body>");
  CHECK(html.find("tenbin-seal\" content=\"" +
                  seal(head_of(html), html.substr(body, end - body))) != std::string::npos);
  CHECK(html.find("Balance of the blocs") != std::string::npos);
}

TEST_CASE("a page carries no place of a file") {
  Scenario base = fixture::scenario();
  base.panel_folder = "/home/somebody/panel";
  const Carried c =
      carried(compile(past_of(fixture::disputing_panel(), base.start), {base}), made().posterior);
  CHECK(c.study.scenarios[0].panel_folder.empty());
  CHECK(to_bytes(c.study).find("somebody") == std::string::npos);
}

TEST_CASE("what is carried gives the futures and the summaries of the whole posterior") {
  const Carried& c = made().carried;
  const Posterior& whole = made().posterior;
  const Briefing few = brief(c, {}),
                 all = brief(compile(past_of(c.study.panel, 2020), c.study.scenarios), whole,
                             {});  // 60 futures of 80 draws
  CHECK(few.scenarios[1].milex.at(2030, 0).quantile == all.scenarios[1].milex.at(2030, 0).quantile);
  CHECK(few.ending.at_now.p == all.ending.at_now.p);
  REQUIRE(few.parameters.size() == all.parameters.size());
  CHECK(few.parameters.back().summary.sd == all.parameters.back().summary.sd);
  REQUIRE(few.reactions.size() == all.reactions.size());
  CHECK(few.reactions[1].rival_response.mean == all.reactions[1].rival_response.mean);
  CHECK(few.reactions[1].resting.median() == all.reactions[1].resting.median());
  CHECK(few.spending_health.rhat_max == all.spending_health.rhat_max);
}

TEST_CASE("a change of what is carried changes what the page says") {
  const auto said = [](const Carried& c) {
    return render(brief(c, {}));
  };  // nothing is stowed in it
  const std::string before = said(made().carried);
  const auto changed = [&](auto&& change) {
    Carried c = made().carried;
    change(c);
    return said(c) != before;
  };
  CHECK(changed([](Carried& c) { c.study.panel.milex[40].milex *= 1.01; }));
  CHECK(changed(
      [](Carried& c) { c.study.spending.values[c.study.spending.find("target")->offset] += 0.1; }));
  CHECK(changed([](Carried& c) { c.fit.spending_summary[0].mean += 0.001; }));
  CHECK(changed([](Carried& c) { c.study.scenarios[1].levers[0].value.mean *= 1.1; }));
  CHECK_FALSE(changed([](Carried&) {}));
}

TEST_CASE("a page whose form was rewritten has its numbers; a forged one has not, and says which") {
  const auto page_of = [](const std::string& body) {
    return "<html><body>\n" + body + "</body></html>\n";
  };
  const std::string written =
      page_of("<h1>It spent 1.45&#160;% in 2025 &amp; more</h1><p>2.01 &lt; 3</p>");
  for (const char* same : {"<h1>It spent 1.45&nbsp;% in 2025 & more</h1><p>2.01 &#x3c; 3</p>",
                           "<h1>It spent 1.45\u00a0% in 2025 &#38; more</h1><p>2.01 &lt; 3</p>"}) {
    CHECK(!first_difference(page_of(same), written));
    CHECK(seal("", body_of(page_of(same))) == seal("", body_of(written)));
  }
  const std::string saved = page_of(
      "<h1 style=\"x\">It spent 1.45&nbsp;% in 2025 & more</h1><div><b>drawn 7</b></div>"
      "<p>2.01 &lt; 3</p>");
  CHECK(first_difference(saved, written));
  const auto form = rewritten(saved, written);
  REQUIRE(form);
  CHECK(form->with_a_number == 1);
  CHECK(form->first == "drawn 7");
  const std::string forged =
      page_of("<h1>It spent 1.55&#160;% in 2025 &amp; more</h1><p>2.01 &lt; 3</p>");
  CHECK(first_difference(forged, written)->find("the page says 1.55, computed is 1.45, in") !=
        std::string::npos);
  CHECK(!rewritten(forged, written));
  CHECK(!rewritten(page_of("<p>2.01 &lt; 3</p>"), written));
}

TEST_CASE("a study without a column that futures look up is none") {
  for (const char* name : {"rival_response", "wave", "pull", "unrest_slope"}) {
    PageStudy s = made().carried.study;
    for (Column& c : s.spending.columns)
      if (c.name == name) c.name[0] = 'X';
    CHECK_FALSE(from_bytes(to_bytes(s)));
  }
}

TEST_CASE("blocs of which none reaches the other are not weighed") {
  Carried c = made().carried;
  for (State& s : c.study.panel.states) s.lat = s.lon = missing;
  const std::string html = page(c);
  CHECK(html.find("Balance of the blocs") == std::string::npos);
  for (const char* shown :
       {">nan", " nan", "(nan", "$nan", "nan<", "nan %"})  // base64 may hold "nan"
    CHECK(html.find(shown) == std::string::npos);
}

TEST_CASE("a record that is none, or of another study, is refused") {
  const auto bytes = record_bytes(made().carried);
  Carried c;
  c.study = made().carried.study;
  for (std::size_t size = 0; size < bytes.size(); size += 1 + size / 7)
    CHECK_FALSE(put_record(std::string_view(bytes).substr(0, size), c));
  for (std::size_t at = 0; at < bytes.size(); at += 97) {
    auto other = bytes;
    other[at] ^= '\x55';
    CHECK_FALSE(put_record(other, c));
  }
  c.study.spending.width += 1;
  CHECK_FALSE(put_record(bytes, c));
}

TEST_CASE("a record with counts, years or priors that cannot be is refused") {
  const auto accepted_after = [](auto&& change) {
    Carried c = made().carried;
    Scorecard card{.panel = "p", .first_origin = 2000, .last_origin = 2010};
    card.milex = {{.horizon = 1, .cases = 10, .origins = 2, .methods = {{.method = "tenbin"}}}};
    card.misses = {{.state = "ALP", .origin = 2001, .horizon = 5}};
    c.record = card;
    change(c);
    Carried back;
    back.study = made().carried.study;
    return put_record(record_bytes(c), back);
  };
  constexpr int most = std::numeric_limits<int>::max();
  CHECK(accepted_after([](Carried&) {}));
  CHECK_FALSE(accepted_after([](Carried& c) { c.record->misses[0].origin = most; }));
  CHECK_FALSE(accepted_after([](Carried& c) { c.record->milex[0].methods.clear(); }));
  CHECK_FALSE(accepted_after([](Carried& c) { c.record->milex[0].cases = -1; }));
  CHECK_FALSE(accepted_after([](Carried& c) { c.record->milex[0].what = static_cast<Scored>(9); }));
  CHECK_FALSE(accepted_after([](Carried& c) { c.fit.spending_health.divergences = most; }));
  CHECK_FALSE(accepted_after([](Carried& c) { c.fit.asked.leave_out = {99}; }));
  CHECK_FALSE(accepted_after([](Carried& c) { c.fit.asked.priors.economy.pop_back(); }));
  CHECK_FALSE(accepted_after([](Carried& c) { c.fit.economy = c.study.economy; }));  // its draws
  CHECK_FALSE(accepted_after(
      [](Carried& c) { c.fit.asked.priors.spending[0].kind = static_cast<Prior::Kind>(7); }));
}

TEST_CASE("a page whose study or record was changed is refused with the reason") {
  const auto said = [](const std::string& html) -> std::string {
    try {
      static_cast<void>(WrittenPage("page.html", html).carried("tenbin of a test"));
      return {};
    } catch (const Error& error) {
      return error.problems[0].what;
    }
  };
  const std::string good = page(made().carried);
  CHECK(said(good).empty());
  CHECK(WrittenPage("page.html", good).sealed());
  Carried c = made().carried;
  c.study.spending.chains = 1, c.study.spending.draws_per_chain = 8;
  c.study.spending.width = std::size_t{1} << 61;
  c.study.spending.values.clear();
  for (Column& column : c.study.spending.columns) column.offset = std::size_t{1} << 40;
  std::string html = good;
  const auto put = [&](const char* element, const std::string& bytes) {
    const std::size_t at = html.find(std::string("id=\"") + element + "\">") + 6 + strlen(element),
                      end = html.find('<', at);
    html.replace(at, end - at, base64(deflated(bytes)));
  };
  put(study_element, to_bytes(c.study));
  CHECK(said(html) ==
        "the study in it is damaged: its draws do not have the size that their columns name");
  html = good;
  c = made().carried;
  c.fit.spending_summary.pop_back();
  put(record_element, record_bytes(c));
  CHECK(said(html) == "the record of the fit in it is damaged");
  CHECK(said("<p>no page</p>").starts_with("this is no live page of tenbin"));
}

}  // namespace carried_test
