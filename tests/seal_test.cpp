// SPDX-License-Identifier: Apache-2.0
// What a browser holds of a page, and a study's record; the live page's test holds both against
// Chromium.
#include "tenbin/page/seal.hpp"

#include <doctest/doctest.h>

#include <array>

#include "tenbin/io/encoding.hpp"

namespace seal_test {

using namespace tenbin;

TEST_CASE("the pieces of a page are its elements, their ends, and texts with single spaces") {
  const auto all = pieces(
      "<p class=\"a  b\" hidden>one  &lt;two&gt;\n 3&#160;%<br/>\n  <b title=\"x &quot;>&quot; "
      "y\">4 "
      "5</b></p>\n<path d=\"M0\"/><script type=\"text/plain\" id=\"d\">a &amp; <b> "
      "6</script><script>no()</script>");
  std::vector<std::string> texts;
  for (const Piece& p : all) texts.push_back(p.text);
  CHECK(texts == std::vector<std::string>{"<p class=a b hidden=>", "one <two> 3\u00a0%", "<br>",
                                          "</br>", "<b title=x \">\" y>", "4 5", "</b>", "</p>",
                                          "<path d=M0>", "</path>", "<script type=text/plain id=d>",
                                          "a &amp; <b> 6", "</script>"});
  CHECK(pieces("<p").size() == 1);  // cut short: no crash
  CHECK(pieces("<p a=\"").size() == 1);
  CHECK(pieces("<").size() == 1);
  CHECK(pieces("<script").empty());
  CHECK(pieces("</").size() == 1);
}

TEST_CASE("a seal does not answer to how white space is written, and answers to anything else") {
  const std::string page = "<p>1.25 %</p><i a=\"1\"></i>";
  CHECK(seal("", page) == seal("", "<p>\n 1.25  %</p>\r\n<i a=\"1\"></i>"));
  CHECK(seal("", page) != seal("", "<p>1. 25 %</p><i a=\"1\"></i>"));
  CHECK(seal("", page) != seal("", "<p>1.26 %</p><i a=\"1\"></i>"));
  CHECK(seal("", page) != seal("", "<p>1.25 %</p><i a=\"2\"></i>"));
  CHECK(seal("", page) != seal("", "<p>1.25 %<i a=\"1\"></i></p>"));
  CHECK(seal("", "<p>&lt;i&gt;</p>") != seal("", "<p><i></i></p>"));
  CHECK(seal("", "") ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");  // FIPS 180
}

TEST_CASE("base64 has the vectors of RFC 4648, and nothing but whole groups is read") {
  const std::string letters = "foobar";
  const std::array<const char*, 7> coded{"",         "Zg==",     "Zm8=",    "Zm9v",
                                         "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
  for (std::size_t size = 0; size < coded.size(); ++size) {
    CHECK(base64(letters.substr(0, size)) == coded[size]);
    CHECK(from_base64(coded[size]) == letters.substr(0, size));
  }
  CHECK(base64("\xfb\xff\xfe") == "+//+");
  for (const char* none : {"Z", "Zg", "Zg=", "Zm8", "Zg==Zg==", "Z===", "====", "=Zg=", "Zm=v",
                           " Zm9v", "Zm9v\n", "    ", "Zm9v    ", "Zm9-", "Zm9v----", "Zm9\x80"}) {
    CAPTURE(none);
    CHECK_FALSE(from_base64(none));
  }
}

TEST_CASE("base64 and deflate come back, and damage is seen") {
  std::string bytes;
  for (int k = 0; k < 5000; ++k) bytes += static_cast<char>(k * k % 251);
  for (const std::size_t size : {0, 1, 2, 3, 4, 4999}) {
    const std::string some = bytes.substr(0, size);
    CHECK(from_base64(base64(some)) == some);
    CHECK(inflated(deflated(some), 5000) == some);
  }
  CHECK_FALSE(from_base64("ab*d"));
  std::string packed = deflated(bytes);
  CHECK_FALSE(inflated(packed, 4000));
  CHECK_FALSE(inflated(std::string_view(packed).substr(0, packed.size() - 1), 5000));
  CHECK_FALSE(inflated(packed + "x", 5000));
  packed[packed.size() / 2] ^= 1;
  CHECK_FALSE(inflated(packed, 5000));
}

}  // namespace seal_test
