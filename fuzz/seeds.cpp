// SPDX-License-Identifier: Apache-2.0
// fuzz_seeds FOLDER: writes inputs that the readers accept, one folder a target. They follow the
// formats as they are now, so they are made, not kept.
#include <filesystem>
#include <fstream>
#include <string>

#include "../tests/some_posterior.hpp"
#include "small_study.hpp"
#include "small_tally.hpp"
#include "tenbin/core/archive.hpp"
#include "tenbin/io/encoding.hpp"
#include "tenbin/io/record_file.hpp"
#include "tenbin/io/tally_file.hpp"
#include "tenbin/page/live_section.hpp"
#include "user_seeds.hpp"

namespace {

using namespace tenbin;
namespace fs = std::filesystem;

/// What a target frames.
std::string body_of(const auto& x) {
  ArchiveWriter body;
  body.put(x);
  return body.bytes;
}

class Seeds {
 public:
  explicit Seeds(fs::path folder) : folder_(std::move(folder)) {}
  void put(const std::string& target, const std::string& name, const std::string& bytes) const {
    fs::create_directories(folder_ / target);
    std::ofstream out(folder_ / target / name, std::ios::binary);
    out << bytes;
    if (!out) throw fs::filesystem_error("cannot be written", folder_ / target / name, {});
  }

 private:
  fs::path folder_;
};

/// A study with no more than is required.
PageStudy bare_study() {
  PageStudy s = fuzz::small_study();
  s.panel.dispute_model = nullptr;
  for (auto* rows : {&s.panel.rivalries, &s.panel.ties}) rows->clear();
  s.panel.disputes.clear();
  s.panel.dispute_past.clear();
  s.scenarios.resize(1);
  s.sliders.clear();
  return s;
}

std::string page(const Carried& c) {
  const auto element = [](const char* id, const std::string& bytes) {
    return "<script type=\"text/plain\" id=\"" + std::string(id) + "\">" + base64(deflated(bytes)) +
           "</script>";
  };
  return "<meta name=\"tenbin-seal\" content=\"0\"><body>\n<h2>A head &amp; more</h2><table><tr>"
         "<th>Row</th><td class=\"n\">1.5&#160;%</td></tr></table><br/><script type=\"application/"
         "json\" id=\"tenbin-data\">{\"creator\":\"tenbin of a fuzzer\"}</script>" +
         element(study_element, to_bytes(c.study)) + element(record_element, record_bytes(c)) +
         "</body>";
}

/// The body of a checkpoint's block with its length in 16 bits, as the target frames it.
std::string framed(const ChainPart& part) {
  const std::string body = body_of(part);
  const auto size = static_cast<std::uint16_t>(body.size());
  return std::string(reinterpret_cast<const char*>(&size), sizeof size) + body;
}

/// State of the target's chain: see NutsChain::visit_state.
std::string fit_parts() {
  const std::vector<double> warm{2, 9, 0.5, 0.1, 2, 0.1, -0.5, 0, 1, 0, 0, 0, 0, 0.3};
  std::vector<double> later = warm;
  later[0] = 5, later[1] = 12;
  return framed({"spending", 0, 0, 2, warm, {}}) +
         framed({"spending", 0, 2, 5, later, {0.1, -0.2, 0.9, 2, 3, 0}});
}

OriginRecord origin() {
  OriginRecord r{.origin = 2010, .rhat_max = 1.01, .draws = 100};
  r.forecasts = {{.method = "tenbin", .state = "ALP", .origin = 2010, .horizon = 5, .observed = 1}};
  r.joint = {{"tenbin", Scored::burden, 2010, 5, 3, 0.25}};
  return r;
}

/// The body of a posterior's file with so many states and years.
std::string posterior_body(const std::vector<std::string>& states, int first_year, int chains) {
  const std::string bytes = posterior_bytes(some_posterior(states, first_year, chains));
  constexpr std::size_t behind = sizeof(std::uint64_t) + 32;  // a digest, and SHA-256
  return bytes.substr(sizeof(ArchiveHeader), bytes.size() - sizeof(ArchiveHeader) - behind);
}

void write_all(const Seeds& seeds) {
  const Carried whole = fuzz::small_carried();
  Carried bare = whole;
  bare.record.reset();
  seeds.put("study", "whole", body_of(whole.study));
  seeds.put("study", "bare", body_of(bare_study()));
  seeds.put("carried", "whole", body_of(static_cast<const PageRecord&>(whole)));
  seeds.put("carried", "bare", body_of(static_cast<const PageRecord&>(bare)));
  seeds.put("html", "page", page(whole));
  for (const bool exact : {false, true}) {
    const std::string kind(1, exact ? '\0' : '\1'), tally = body_of(fuzz::some_tally(exact));
    seeds.put("tally", exact ? "exact" : "sketch", kind + tally);
    seeds.put("checkpoint", exact ? "exact" : "sketch",
              "\1" + kind + body_of(TallyPart{"key", tally}));
  }
  seeds.put("checkpoint", "fit", std::string(1, '\0') + fit_parts());
  seeds.put("checkpoint", "origin", "\2" + body_of(origin()));
  seeds.put("posterior", "one", posterior_body({"ALP"}, 2019, 1));
  seeds.put("posterior", "two", posterior_body({"ALP", "DEL"}, 2018, 2));
  seeds.put("posterior", "whole", posterior_bytes(some_posterior({"ALP"}, 2019, 1)));
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) return 2;
  const Seeds seeds(words[1]);
  write_all(seeds);
  fuzz::put_user_seeds([&](const std::string& target, const std::string& name,
                           const std::string& bytes) { seeds.put(target, name, bytes); });
}
