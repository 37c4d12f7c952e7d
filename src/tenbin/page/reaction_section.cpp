// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <utility>

#include "tenbin/page/glossary.hpp"
#include "tenbin/page/sections.hpp"

namespace tenbin {
namespace {

constexpr double network_width = 720, network_height = 560,
                 node = 21;           // of the network, in its own units
constexpr double least_share = 0.02;  // of felt threat that is drawn
constexpr const char *threat_colour = "#d55e00", *cover_colour = "#0072b2";

struct Point {
  double x, y;
};

/// A curved arrow between two nodes that bends to the right of its way, so that the two directions
/// do not lie on each other.
std::string arrow(Point from, Point to, const char* colour, double thickness, bool dashed,
                  const char* marker) {
  const double dx = to.x - from.x, dy = to.y - from.y, length = std::hypot(dx, dy);
  const Point way{dx / length, dy / length}, side{-way.y, way.x};
  const double bend = 0.12 * length;
  const Point middle{(from.x + to.x) / 2 + bend * side.x, (from.y + to.y) / 2 + bend * side.y};
  const auto towards = [](Point a, Point b, double far) {
    const double l = std::hypot(b.x - a.x, b.y - a.y);
    return Point{a.x + far * (b.x - a.x) / l, a.y + far * (b.y - a.y) / l};
  };
  const Point begin = towards(from, middle, node + 2), end = towards(to, middle, node + 11);
  return fmt::format(
      "<path d=\"M{:.1f},{:.1f}Q{:.1f},{:.1f} {:.1f},{:.1f}\" fill=\"none\" stroke=\"{}\" "
      "stroke-width=\"{:.1f}\"{} marker-end=\"url(#{})\"/>",
      begin.x, begin.y, middle.x, middle.y, end.x, end.y, colour, thickness,
      dashed ? " stroke-dasharray=\"5 5\" stroke-opacity=\"0.7\"" : "", marker);
}

std::string marker(const char* id, const char* colour) {
  return fmt::format(
      "<marker id=\"{}\" viewBox=\"0 0 10 10\" refX=\"2\" refY=\"5\" markerWidth=\"12\" "
      "markerHeight=\"12\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path "
      "d=\"M0,0L10,5L0,10Z\" fill=\"{}\"/></marker>",
      id, colour);
}

/// The states that feel or pose a threat, or give or have cover, from west to east.
std::vector<StateIndex> ring_of(const Briefing& b) {
  std::vector<StateIndex> ring;
  for (StateIndex i = 0; i < b.panel.size(); ++i) {
    const auto threat = [&](const Threat& t) {
      return t.is_rival() && (t.threatened == i || t.other == i);
    };
    const auto covers = [&](const CoverLink& c) { return c.state == i || c.protector == i; };
    if (std::ranges::any_of(b.threats.pairs, threat) || std::ranges::any_of(b.covers, covers))
      ring.push_back(i);
  }
  std::ranges::stable_sort(ring, {}, [&](StateIndex i) {  // the Pacific is not cut
    const State& s = b.panel.states[i];
    return s.has_place() ? (s.lon < -30 ? s.lon + 360 : s.lon) : 400;
  });
  return ring;
}

/// Where the states of a ring stand, by state.
std::vector<Point> places(const std::vector<StateIndex>& ring, int states) {
  std::vector<Point> place(states);
  for (std::size_t k = 0; k < ring.size(); ++k) {
    const double angle = std::numbers::pi * (1 - 2 * (static_cast<double>(k) + 0.5) /
                                                     static_cast<double>(ring.size()));
    place[ring[k]] = {network_width / 2 + 280 * std::cos(angle),
                      network_height / 2 - 14 - 205 * std::sin(angle)};
  }
  return place;
}

/// A share of threat, written beside the arrow that comes `from` a rival.
std::string percent_at(Point from, Point to, double share) {
  return fmt::format(
      "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\" fill=\"#8a3c00\" "
      "stroke=\"#fff\" stroke-width=\"4\" paint-order=\"stroke\">{:.0f}&#160;%</text>",
      0.65 * from.x + 0.35 * to.x - 0.11 * (to.y - from.y),
      0.65 * from.y + 0.35 * to.y + 0.11 * (to.x - from.x), 100 * share);
}

/// What is drawn while a state is chosen: its cover, its threats, and a ring around it.
std::string links_of(const Briefing& b, StateIndex i, const std::vector<Point>& place) {
  std::string lines, numbers;
  for (const CoverLink& c : b.covers) {
    if (c.state == i)
      lines += arrow(place[c.protector], place[i], cover_colour, 1 + 4 * c.strength, false,
                     "arrow-cover");
    if (c.protector == i)
      lines +=
          arrow(place[i], place[c.state], cover_colour, 1 + 2 * c.strength, true, "arrow-cover");
  }
  for (const Threat& t : b.threats.pairs) {
    if (t.part() < least_share) continue;
    if (t.threatened == i) {
      lines +=
          arrow(place[t.other], place[i], threat_colour, 1.5 + 7 * t.part(), false, "arrow-threat");
      numbers += percent_at(place[t.other], place[i], t.part());
    }
    if (t.other == i)
      lines += arrow(place[i], place[t.threatened], threat_colour, 1 + 3 * t.part(), true,
                     "arrow-threat");
  }
  return fmt::format(
      "<g class=\"pick state-{}\">{}{}<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.0f}\" "
      "fill=\"#fff\" stroke=\"#1d2125\" stroke-width=\"4\"/></g>",
      i, lines, numbers, place[i].x, place[i].y, node + 1);
}

/// What the shares are, as sentences.
std::string what_a_share_is(const Threats& threats) {
  if (std::ranges::none_of(threats.pairs,
                           [](const Threat& t) { return known(t.money_risk_share); }))
    return "Each rival's share of the threat to a country: its accumulated military spending, "
           "weighted by hostility and reach. This panel has no risk of incidents, so a poor rival "
           "with many weapons counts too little.";
  return "Each rival's share of the threat to a country: its accumulated military spending, "
         "weighted "
         "by hostility and reach, times the yearly risk of a fatal incident. The next two columns "
         "show the shares by spending alone and by risk alone; countries that are not rivals have "
         "the rest of the risk.";
}

std::string bar_of(double share) {
  return fmt::format(
      "<svg class=\"bar\" viewBox=\"0 0 100 10\" aria-hidden=\"true\"><path "
      "d=\"M0,5H{:.0f}\" stroke=\"#0072b2\" stroke-width=\"10\"/></svg> {:.0f} %",
      100 * share, 100 * share);
}

std::string node_of(const State& s, Point at) {
  return fmt::format(
      "<g><title>{}</title><circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.0f}\" fill=\"#f5f7f8\" "
      "stroke=\"#5b6269\"/><text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\" "
      "font-weight=\"600\">{}</text><text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\" "
      "fill=\"#5b6269\" stroke=\"#fff\" stroke-width=\"4\" paint-order=\"stroke\">{}</text></g>",
      escape(s.name), at.x, at.y, node, at.x, at.y + 5, escape(shortened(s.id, 4)), at.x,
      at.y + node + 16, escape(shortened(s.name, 16)));
}

}  // namespace

std::string ReactionSection::whole() const {
  return "<section id=\"who-responds\" class=\"page\"><h2>Who threatens whom</h2>" + network() +
         threats() + "<h3>Who responds to whom</h3>" + responses() + "</section>";
}

/// States on a ring, by longitude; all dyads that count each other as a threat in grey, and of the
/// chosen state the threats it feels and poses, and who is bound to defend whom.
std::string ReactionSection::network() const {
  const std::vector<StateIndex> ring = ring_of(b_);
  if (ring.size() < 2 || ring.size() > most_states_drawn) return "";
  const std::vector<Point> place = places(ring, panel_.size());
  std::string chips, grey, own, nodes;
  for (const Threat& t : b_.threats.pairs)
    if (t.is_rival() && t.threatened < t.other)
      grey += fmt::format("M{:.1f},{:.1f}L{:.1f},{:.1f}", place[t.threatened].x,
                          place[t.threatened].y, place[t.other].x, place[t.other].y);
  for (const StateIndex i : ring) {
    if (exists(i, Quantity::milex))
      chips += fmt::format("<label class=\"choose\" for=\"state-{}\">{}</label> ", i, name(i));
    own += links_of(b_, i, place);
    nodes += node_of(panel_.states[i], place[i]);
  }
  return fmt::format(
      "<figure class=\"card\"><figcaption><b>Rivals and allies</b> in {}, of the "
      "state that is chosen</figcaption><p class=\"choices\">{}</p><div class=\"scroll\" "
      "tabindex=\"0\"><svg viewBox=\"0 0 {:.0f} "
      "{:.0f}\" class=\"network\" role=\"img\" aria-label=\"Network of {} states; the table below "
      "says the same of threats\"><defs>{}{}</defs><path d=\"{}\" stroke=\"#c9ced2\" "
      "fill=\"none\"/>{}{}</svg></div><p class=\"key\"><span class=\"item\"><i "
      "class=\"k-threat\"></i>rival, and its share of the threat</span> <span class=\"item\"><i "
      "class=\"k-threat k-dashed\"></i>state that it threatens</span> <span "
      "class=\"item\"><i class=\"k-mid\"></i>tie of support to it, wider where it is firmer</span> "
      "<span class=\"item\"><i "
      "class=\"k-mid k-dashed\"></i>its own to others</span> <span class=\"item\"><i "
      "class=\"k-pair\"></i>other pairs of rivals</span></p></figure>",
      base_.start, chips, network_width, network_height, ring.size(),
      marker("arrow-threat", threat_colour), marker("arrow-cover", cover_colour), grey, own, nodes);
}

/// A row for every state that has a rival: of each rival the share of the threat, and why it is
/// one.
std::string ReactionSection::threats() const {
  std::string rows;
  const auto whole_percent = [](double x) {
    return known(x) ? fmt::format("{:.0f} %", 100 * x) : "";
  };
  std::vector<Threat> pairs = b_.threats.pairs;  // the page's state first
  std::stable_partition(pairs.begin(), pairs.end(),
                        [&](const Threat& t) { return t.threatened == base_.focus; });
  for (auto t = pairs.begin(); t != pairs.end();) {
    const auto end = std::find_if(t, pairs.end(),
                                  [&](const Threat& o) { return o.threatened != t->threatened; });
    std::string head =
        fmt::format("<th rowspan=\"{}\">{}</th>",
                    std::count_if(t, end, std::mem_fn(&Threat::is_rival)), name(t->threatened));
    for (; t != end; ++t) {
      if (!t->is_rival()) continue;
      rows += fmt::format(
          "<tr>{}<td>{}</td><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td "
          "class=\"why\">{}</td></tr>",
          std::exchange(head, ""), name(t->other), bar_of(t->part()), whole_percent(t->money_share),
          whole_percent(t->risk_share), isolated(t->basis));
    }
  }
  if (rows.empty()) return "";
  return fmt::format(
      "<p>{} The table describes {}; it does not forecast what a country will do.</p>"
      "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th>Country</th><th>Rival</th>"
      "<th>{}</th><th class=\"n\">By spending</th><th class=\"n\">By risk</th>"
      "<th>Reason for the rivalry</th></tr></thead><tbody>{}</tbody></table></div>",
      what_a_share_is(b_.threats), base_.start, term("Share of the threat", "threat"), rows);
}

std::string ReactionSection::responses() const {
  std::string html = fmt::format(
      "<p>Estimated response of a country's spending when its rivals' accumulated spending "
      "rises.{}</p>"
      "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th>State</th><th "
      "class=\"n\">{}</th><th class=\"n\">9 in 10</th><th>Basis</th><th class=\"n\">{}</th>"
      "</tr></thead><tbody>",
      b_.placebo.empty() ? "" : " " + b_.placebo,
      term("Response to a rise of 10&#160;%", "rival_response"),
      term("Burden at rest", "burden at rest"));
  for (const ReactionRow& r : b_.reactions) {
    const bool off = r.rival_response.fixed;
    const auto number = [&](double x) { return off ? "" : signed_number(10 * x, 1) + " %"; };
    html += fmt::format(
        "<tr><th>{}</th><td class=\"n\">{}</td><td class=\"n\">{}{}{}</td><td>{}</td>"
        "<td class=\"n\">{}</td></tr>",
        name(r.state), number(r.rival_response.mean), number(r.rival_response.q05),
        off ? "" : " to ", number(r.rival_response.q95),
        off                    ? "<span class=\"badge\">switched off</span>"
        : r.rival_prior_driven ? "<span class=\"badge\">prior-driven</span>"
                               : "data and prior",
        r.resting.exists
            ? fmt::format("{} <span class=\"soft\">({} to {})</span>", percent(r.resting.median()),
                          percent(r.resting.low80()), percent(r.resting.high80()))
            : "");
  }
  return html +
         "</tbody></table></div><p class=\"soft\">Burden at rest: where the share would settle "
         "with today's threat and cover and the expected growth, without any plan (8 in 10 draws). "
         "The rise is that of the rivals' stock together with the state's own, so for a large "
         "state its rivals alone must grow by more. "
         "Prior-driven: the figures of this panel alone say little, the world's fit "
         "speaks.</p>";
}

}  // namespace tenbin
