// SPDX-License-Identifier: Apache-2.0
#include "tenbin/page/page.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "made_posterior.hpp"
#include "near.hpp"
#include "tenbin/futures/project.hpp"
#include "tenbin/io/digest.hpp"
#include "tenbin/page/chart.hpp"
#include "tenbin/page/words.hpp"

namespace page_test {

using namespace tenbin;

namespace {

/// A briefing of the fixture in which names try to be markup.
Briefing briefing() {
  Panel panel = fixture::panel();
  panel.states[0].name = "<script>alert(1)</script>";
  panel.states[1].name = "\u0627\u0644\u064a\u0627\u0628\u0627\u0646";  // a right-to-left name
  panel.notice = "</pre><script>alert(2)</script>";
  Scenario base = fixture::scenario(), other = base;
  base.levers.clear();
  other.name = "\"><img src=x onerror=alert(3)>";
  for (Lever& l : other.levers) l.why = "</li><script>alert(4)</script>";
  base.futures = other.futures = 60;
  return brief(compile(past_of(panel, base.start), {base, other}), fixture::posterior(), {});
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) ++n;
  return n;
}

}  // namespace

TEST_CASE("a page of few futures says that its probabilities are less sure than they look") {
  const Briefing b = briefing();
  CHECK(std::any_of(b.notes.begin(), b.notes.end(), [](const std::string& n) {
    return n.find("With 60 simulations the simulation error") != std::string::npos;
  }));
}

TEST_CASE("names from files are text on the page, never markup") {
  const std::string html = render(briefing());
  CHECK(count(html, "<script") == 1);  // the data element
  CHECK(count(html, "</script") == 1);
  CHECK(count(html, "<img") == 0);
  CHECK(html.find("&lt;script&gt;alert(1)&lt;/script&gt;") != std::string::npos);
  CHECK(html.find("<bdi>\u0627\u0644\u064a\u0627\u0628\u0627\u0646</bdi>") != std::string::npos);
  CHECK(html.find("<li>\u2068\u0627\u0644\u064a\u0627\u0628\u0627\u0646\u2069 plans") !=
        std::string::npos);            // isolated in an English sentence
  CHECK(count(html, " style=") == 0);  // the policy would refuse it
  CHECK(count(html, "https://") == 0);
  CHECK(count(html, "http://") == count(html, "xmlns='http://www.w3.org/2000/svg'"));  // the icon
}

TEST_CASE("the page's policy names the hash of its own style and nothing else") {
  const std::string html = render(briefing());
  const auto begin = html.find("<style>") + 7, end = html.find("</style>");
  const std::string digest = sha256(html.substr(begin, end - begin));
  std::string base64;
  static constexpr char digits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::uint32_t buffer = 0;
  int held = 0;
  for (const unsigned char c : digest) {
    buffer = buffer << 8 | c;
    for (held += 8; held >= 6; held -= 6) base64 += digits[buffer >> (held - 6) & 63];
  }
  base64 += digits[buffer << (6 - held) & 63];
  CHECK(html.find("content=\"default-src 'none'; img-src data:; style-src 'sha256-" + base64 +
                  "='; base-uri 'none'; form-action 'none'\"") != std::string::npos);
}

TEST_CASE("the page has the same bytes for the same input") {
  CHECK(render(briefing()) == render(briefing()));
}

TEST_CASE("the page's data is JSON of its format and holds what the page draws") {
  const Briefing b = briefing();
  const auto data = nlohmann::json::parse(page_data(b));
  CHECK(data["format"] == 1);
  CHECK(data["states"].size() == 6);
  CHECK(data["states"][0]["name"] == "<script>alert(1)</script>");
  CHECK(data["scenarios"].size() == 2);
  CHECK(data["scenarios"][1]["burden_change"].size() == 6);
  CHECK(data["scenarios"][0]["burden"][4][3].is_null());  // EPS has no share of GDP
  CHECK(data["scenarios"][0]["milex"][0][15][3].get<double>() ==
        approx(b.scenarios[0].milex.at(2035, 0).median()).epsilon(1e-5));
  double money = 0;
  for (const auto& threat : data["threats"])
    if (threat["threatened"] == b.panel.states[0].id) money += threat["money"].get<double>();
  CHECK(money == approx(1).epsilon(1e-5));
}

TEST_CASE("every picker has a part of the page for each of its choices") {
  const std::string html = render(briefing());
  for (const char* part : {"state-0", "state-5", "unit-0", "unit-1", "scenario-0", "scenario-1"}) {
    CHECK(count(html, std::string("id=\"") + part + "\"") == 1);
    CHECK(html.find(std::string("pick ") + part + "\"") != std::string::npos);
    CHECK(html.find(std::string("#") + part + ":checked") != std::string::npos);
  }
}

TEST_CASE("numbers read as a person says them") {
  CHECK(percent(0.01412) == "1.41 %");
  const Money money = money_of({.currency = "US dollars at constant prices", .price_year = 2024});
  CHECK(money.text(61900) == "$61.9 bn");
  CHECK(money.text(954000) == "$954 bn");
  CHECK(money.text(1200000) == "$1.20 tn");
  CHECK(money.change(-3100) == "\u2212$3.1 bn");
  CHECK(money.change(3) == "$0.0 bn");
  CHECK(money.unit == "dollars of 2024");
  CHECK(money_of({.currency = "yen"}).text(61900) == "61.9 bn");
  CHECK(signed_number(-0.001, 2) == "0.00");
  CHECK(signed_number(0.31, 2) == "+0.31");
  CHECK(grouped(15000) == "15,000");
  CHECK(grouped(952) == "952");
  CHECK(grouped(-1234567) == "-1,234,567");
  CHECK(escape("<a href='x'>&\"") == "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
  CHECK(ticks(0, 2.3, 5) == std::vector<double>{0, 0.5, 1, 1.5, 2, 2.5});
}

}  // namespace page_test
