// SPDX-License-Identifier: Apache-2.0
// The format of tenbin's own binary files: what is written comes back, and any other bytes are
// none.
#include "tenbin/core/archive.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <vector>

namespace archive_test {

using namespace tenbin;

namespace {

enum class Colour { red, green };
struct Point {
  double x = 0, y = 0;
  bool operator==(const Point&) const = default;
};
/// A class: it holds even numbers only.
class Even {
 public:
  explicit Even(int number = 0) : number_(number) {}
  struct Half {
    int half = 0;
  };
  Half archived() const { return {number_ / 2}; }
  bool restore(const Half& half) {
    number_ = 2 * half.half;
    return half.half < 1000;
  }
  bool operator==(const Even&) const = default;

 private:
  int number_;
};
struct Inner {
  std::string name;
  std::optional<int> year;
  bool operator==(const Inner&) const = default;
};
struct All {
  bool yes = false;
  char letter = 0;
  std::int32_t number = 0;
  std::size_t size = 0;
  double share = 0;
  Colour colour{};
  __extension__ __int128 sum = 0;
  std::string text;
  std::vector<double> plain;
  std::vector<Inner> inner;
  std::array<Point, 2> points{};
  std::array<bool, 2> flags{};
  std::shared_ptr<const Inner> shared;
  std::vector<Even> even;
};

All some() {
  All a{true, 'x', -7, 1u << 31, 0.1, Colour::green, -5, std::string("te\0xt", 5), {1, -2},
        {},   {},  {}, {},       {}};
  a.inner = {{"a", 1950}, {"", std::nullopt}};
  a.points = {{{1, 2}, {3, 4}}};
  a.flags = {true, false};
  a.shared = std::make_shared<Inner>(Inner{"shared", 3});
  a.even = {Even(2), Even(-4)};
  return a;
}

constexpr ArchiveKind kind = ArchiveKind::study;

template <class T>
std::string body_of(const T& x) {
  ArchiveWriter out;
  out.put(x);
  return out.bytes;
}
/// Whether a body in a good frame is a T.
template <class T>
bool is(const std::string& body) {
  return from_archive<T>(kind, framed<T>(kind, body)).has_value();
}

/// A struct of so many numbers, for the widest that members() can bind and one in between.
struct Eight {
  int a, b, c, d, e, f, g, h;
};
struct Most {
  int m01, m02, m03, m04, m05, m06, m07, m08, m09, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19,
      m20, m21, m22, m23, m24, m25, m26, m27, m28, m29, m30, m31, m32, m33, m34, m35, m36, m37, m38,
      m39, m40, m41, m42, m43, m44, m45, m46, m47, m48;
};

}  // namespace

TEST_CASE("all members come back, of numbers, texts, lists, options, pointers and classes") {
  const All a = some();
  const std::string bytes = archive(kind, a);
  const auto back = from_archive<All>(kind, bytes);
  REQUIRE(back);
  CHECK(archive(kind, *back) == bytes);
  CHECK(back->yes);
  CHECK(back->letter == 'x');
  CHECK(back->number == -7);
  CHECK(back->size == 1u << 31);
  CHECK(back->share == 0.1);
  CHECK(back->colour == Colour::green);
  CHECK(back->sum == -5);
  CHECK(back->text == a.text);
  CHECK(back->plain == a.plain);
  CHECK(back->inner == a.inner);
  CHECK(back->points == a.points);
  CHECK(back->flags == a.flags);
  REQUIRE(back->shared);
  CHECK(*back->shared == *a.shared);
  CHECK(back->even == a.even);
  CHECK_FALSE(from_archive<All>(kind, archive(kind, All{}))->shared);
}

TEST_CASE("members are found in their order, whatever their number") {
  static_assert(member_count<All> == 14);
  static_assert(member_count<Eight> == 8);
  static_assert(member_count<Most> == most_members);
  Most f{};
  int n = 0;
  std::apply([&](auto&... m) { ((m = ++n), ...); }, members(f));
  CHECK(f.m01 == 1);
  CHECK(f.m08 == 8);
  CHECK(f.m09 == 9);
  CHECK(f.m33 == 33);
  CHECK(f.m40 == 40);
  CHECK(f.m48 == 48);
  Eight e{};
  std::get<7>(members(e)) = 5;
  CHECK(e.h == 5);
}

TEST_CASE("bytes are the same on every machine") {
  struct Small {
    std::int32_t number = 0x01020304;
    bool yes = true;
    std::size_t size = 5;
    std::string text = "ab";
  };
  using namespace std::string_literals;
  const std::string body = "\x04\x03\x02\x01\x01\x05\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0ab"s;
  CHECK(body_of(Small{}) == body);
  const std::string frame = archive(kind, Small{});
  CHECK(frame.substr(0, 16) == "tenbin\r\n\x01\0\0\0\x01\0\0\0"s);
  CHECK(frame.substr(24, 8) == "\x17\0\0\0\0\0\0\0"s);
  CHECK(frame.substr(32, body.size()) == body);
  CHECK(frame.size() == 32 + body.size() + 8);
  CHECK(layout_of<Small> == 0x3b0ea4fdea8a66c1u);
  CHECK(digest_of("") == 0);
  CHECK(digest_of("tenbin, a pair of scales") == 0x596b73c19d90ad26u);
}

TEST_CASE("a frame that is torn, changed in a byte, longer or of another kind is none") {
  const std::string bytes = archive(kind, some());
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK_FALSE(from_archive<All>(kind, std::string_view(bytes).substr(0, size)));
  for (std::size_t at = 0; at < bytes.size(); ++at)
    for (const char change : {'\x01', '\x80'}) {
      std::string other = bytes;
      other[at] ^= change;
      CHECK_FALSE(from_archive<All>(kind, other));
    }
  CHECK_FALSE(from_archive<All>(kind, bytes + '\0'));
  CHECK_FALSE(from_archive<All>(ArchiveKind::tally, bytes));
}

TEST_CASE("a frame of another version or of other members is none, though it is whole") {
  const std::string body = body_of(Point{1, 2});
  const auto with = [&](auto&& change) {
    ArchiveHeader header{.kind = kind, .layout = layout_of<Point>, .length = body.size()};
    change(header);
    std::string bytes = body_of(header) + body;
    bytes += body_of(digest_of(bytes));
    return from_archive<Point>(kind, bytes).has_value();
  };
  CHECK(with([](ArchiveHeader&) {}));
  CHECK_FALSE(with([](ArchiveHeader& h) { h.version = 2; }));
  CHECK_FALSE(with([](ArchiveHeader& h) { h.magic[0] = 'T'; }));
  CHECK_FALSE(with([](ArchiveHeader& h) { h.layout += 1; }));
  CHECK_FALSE(with([](ArchiveHeader& h) { h.length += 1; }));
  CHECK_FALSE(with([](ArchiveHeader& h) { h.length -= 1; }));
  CHECK_FALSE(with([](ArchiveHeader& h) { h.length = ~std::uint64_t{0}; }));
  struct Named {
    double x = 0;
    std::int64_t y = 0;
  };
  struct More {
    double x = 0, y = 0;
    bool z = false;
  };
  CHECK(layout_of<Named> != layout_of<Point>);
  CHECK(layout_of<More> != layout_of<Point>);
  CHECK(layout_of<std::array<Point, 2>> != layout_of<std::array<Point, 3>>);
  CHECK_FALSE(from_archive<Named>(kind, archive(kind, Point{1, 2})));
}

TEST_CASE("frames are taken one by one off the front, up to the first that is none") {
  const std::string two = archive(kind, Point{1, 2}) + archive(kind, Point{3, 4});
  std::string_view rest = two;
  CHECK(take_archive<Point>(kind, rest)->y == 2);
  CHECK(rest.size() == two.size() / 2);
  CHECK_FALSE(take_archive<Inner>(kind, rest));
  CHECK(rest.size() == two.size() / 2);
  CHECK(take_archive<Point>(kind, rest)->y == 4);
  CHECK(rest.empty());
  CHECK_FALSE(take_archive<Point>(kind, rest));
  CHECK(begins_as(kind, std::string_view(two).substr(0, 12)));
  CHECK_FALSE(begins_as(kind, std::string_view(two).substr(0, 11)));
  CHECK_FALSE(begins_as(ArchiveKind::tally, two));
}

TEST_CASE("a count that the bytes cannot hold is refused before memory is asked for") {
  for (const std::uint64_t count :
       {std::uint64_t{2}, std::uint64_t{1} << 40, std::uint64_t{1} << 61,
        std::numeric_limits<std::uint64_t>::max()}) {
    const std::string head = body_of(count);
    CHECK_FALSE(is<std::string>(head + "x"));
    CHECK_FALSE(is<std::vector<double>>(head + "12345678"));
    CHECK_FALSE(is<std::vector<Inner>>(head + body_of(Inner{"a", 1})));
    CHECK_FALSE(is<std::vector<std::size_t>>(head + "12345678"));
  }
  CHECK(is<std::string>(body_of(std::uint64_t{1}) + "x"));
}

TEST_CASE("a list takes no more memory than its elements need, and none for a false count") {
  static_assert(detail::smallest<bool>() == 1);
  static_assert(detail::smallest<Inner>() == 8 + 1);
  static_assert(detail::smallest<std::array<Point, 2>>() == 32);
  static_assert(detail::smallest<Even>() == sizeof(int));
  static_assert(detail::smallest<std::shared_ptr<const Inner>>() == 1);
  static_assert(detail::smallest<All>() == 1 + 1 + 4 + 8 + 8 + 4 + 16 + 8 + 8 + 8 + 32 + 2 + 1 + 8);
  // as many elements as there are bytes: each needs nine, so that none is made
  const std::size_t count = 1 << 16;
  const std::string few = body_of(std::uint64_t{count}) + std::string(count, '\0');
  ArchiveReader in(few);
  std::vector<Inner> list;
  in.take(list);
  CHECK(in.failed);
  CHECK(list.capacity() == 0);
  const std::string bytes = body_of(std::uint64_t{count}) + std::string(9 * count, '\0');
  ArchiveReader all(bytes);
  all.take(list);
  CHECK(all.whole());
  CHECK(list.capacity() == count);
}

TEST_CASE("a bool that is neither 0 nor 1, and what a class does not take, are refused") {
  CHECK(is<bool>(std::string(1, '\1')));
  CHECK_FALSE(is<bool>(std::string(1, '\2')));
  CHECK_FALSE(is<std::optional<int>>(std::string(1, '\2')));
  CHECK_FALSE(is<std::shared_ptr<const Point>>(std::string(1, '\2')));
  CHECK(is<Even>(body_of(999)));
  CHECK_FALSE(is<Even>(body_of(1000)));
}

}  // namespace archive_test
