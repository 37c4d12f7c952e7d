// SPDX-License-Identifier: Apache-2.0
// A page's file: all that `tenbin verify` does with it before it computes the page again (line
// ends, elements, base64, deflate, study, record, seal), and the search for the first difference.
#include "expect.hpp"
#include "tenbin/core/problem.hpp"
#include "tenbin/page/written_page.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tenbin;
  static const std::string other =
      "<meta name=\"tenbin-seal\" content=\"0\"><body>\n<h2>A <b>head</b></h2><table><tr><th>x</th>"
      "<td>1</td></tr></table><script type=\"text/plain\" id=\"tenbin-study\">eJwDAAAAAAE=</script>"
      "<script type=\"text/plain\" id=\"tenbin-record\">eJwDAAAAAAE=</script></body>";
  const WrittenPage page("page.html", {reinterpret_cast<const char*>(data), size});
  static_cast<void>(page.sealed());
  const auto difference = first_difference(page.html(), other);
  fuzz::expect(!difference || !difference->empty());
  fuzz::expect(!first_difference(page.html(), page.html()));
  try {
    static_cast<void>(page.carried("tenbin of a fuzzer"));
    fuzz::expect(!page.as_stowed_here(other).empty());
  } catch (const Error& error) {
    fuzz::expect(!error.problems.empty() && !error.problems[0].what.empty());
  }
  return 0;
}
