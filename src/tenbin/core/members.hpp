// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <tuple>
#include <type_traits>

/// The members of a plain struct, found by the compiler: nothing lists them, so none is forgotten.

namespace tenbin {
namespace detail {

/// Stands for any value where only the number of initialisers counts.
struct Anything {
  template <class T>
  requires(!requires(T x) { x.emplace(), x.has_value(); })  // an optional takes its value's type
  operator T() const;
};
template <class T, class... Initialisers>
constexpr std::size_t count_members() {
  if constexpr (requires { T{Initialisers{}..., Anything{}}; })
    return count_members<T, Initialisers..., Anything>();
  else
    return sizeof...(Initialisers);
}

}  // namespace detail

/// How many members an aggregate has.
template <class T>
inline constexpr std::size_t member_count = detail::count_members<std::remove_const_t<T>>();

inline constexpr std::size_t most_members = 48;

// Names for r + 1 members, and for 8 q + r + 1; then one binding for each number of members.
#define TENBIN_R0(p) p##0
#define TENBIN_R1(p) TENBIN_R0(p), p##1
#define TENBIN_R2(p) TENBIN_R1(p), p##2
#define TENBIN_R3(p) TENBIN_R2(p), p##3
#define TENBIN_R4(p) TENBIN_R3(p), p##4
#define TENBIN_R5(p) TENBIN_R4(p), p##5
#define TENBIN_R6(p) TENBIN_R5(p), p##6
#define TENBIN_R7(p) TENBIN_R6(p), p##7
#define TENBIN_Q0(r) TENBIN_R##r(a)
#define TENBIN_Q1(r) TENBIN_R7(a), TENBIN_R##r(b)
#define TENBIN_Q2(r) TENBIN_R7(a), TENBIN_R7(b), TENBIN_R##r(c)
#define TENBIN_Q3(r) TENBIN_R7(a), TENBIN_R7(b), TENBIN_R7(c), TENBIN_R##r(d)
#define TENBIN_Q4(r) TENBIN_R7(a), TENBIN_R7(b), TENBIN_R7(c), TENBIN_R7(d), TENBIN_R##r(e)
#define TENBIN_Q5(r) \
  TENBIN_R7(a), TENBIN_R7(b), TENBIN_R7(c), TENBIN_R7(d), TENBIN_R7(e), TENBIN_R##r(f)
#define TENBIN_BIND(q, r)                               \
  if constexpr (member_count<T> == 8 * (q) + (r) + 1) { \
    auto& [TENBIN_Q##q(r)] = x;                         \
    return std::tie(TENBIN_Q##q(r));                    \
  } else
#define TENBIN_BIND_8(q) \
  TENBIN_BIND(q, 0)      \
  TENBIN_BIND(q, 1)      \
  TENBIN_BIND(q, 2)      \
  TENBIN_BIND(q, 3) TENBIN_BIND(q, 4) TENBIN_BIND(q, 5) TENBIN_BIND(q, 6) TENBIN_BIND(q, 7)

/// References to all members of an aggregate, in the order of their declarations.
template <class T>
constexpr auto members(T& x) {
  static_assert(std::is_aggregate_v<T>, "only a plain struct has members to be found");
  static_assert(member_count<T> > 0 && member_count<T> <= most_members);
  TENBIN_BIND_8(0)
  TENBIN_BIND_8(1)
  TENBIN_BIND_8(2)
  TENBIN_BIND_8(3)
  TENBIN_BIND_8(4)
  TENBIN_BIND_8(5)
  return std::tie();
}

#undef TENBIN_BIND_8
#undef TENBIN_BIND
#undef TENBIN_Q5
#undef TENBIN_Q4
#undef TENBIN_Q3
#undef TENBIN_Q2
#undef TENBIN_Q1
#undef TENBIN_Q0
#undef TENBIN_R7
#undef TENBIN_R6
#undef TENBIN_R5
#undef TENBIN_R4
#undef TENBIN_R3
#undef TENBIN_R2
#undef TENBIN_R1
#undef TENBIN_R0

}  // namespace tenbin
