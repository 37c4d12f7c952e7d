# SPDX-License-Identifier: Apache-2.0
# The engine of a live page, and nothing that it does not call: compiled for WebAssembly (cmake/wasi.cmake).
set(root ${PROJECT_SOURCE_DIR}/src/tenbin)
add_library(tenbin_engine_parts STATIC
  ${root}/num/elementary.cpp ${root}/parallel/execution.cpp ${root}/model/covariates.cpp ${root}/model/danger.cpp ${root}/model/disputes.cpp ${root}/model/draws_check.cpp
  ${root}/model/growth_record.cpp ${root}/model/past.cpp ${root}/model/safety.cpp
  ${root}/futures/schedule.cpp ${root}/futures/project.cpp ${root}/futures/lanes_8.cpp ${root}/futures/stages.cpp
  ${root}/futures/answers.cpp ${root}/futures/balance.cpp ${root}/futures/distribution.cpp ${root}/futures/explain.cpp ${root}/futures/races.cpp
  ${root}/futures/risk.cpp ${root}/futures/tally.cpp ${root}/page/engine/engine.cpp ${root}/page/engine/study.cpp
  ${root}/page/engine/study_check.cpp)
target_include_directories(tenbin_engine_parts PUBLIC ${PROJECT_SOURCE_DIR}/src)
target_compile_options(tenbin_engine_parts PUBLIC -O2)
set(lanes ${TENBIN_LANES})
foreach(width 1 4)
  if(lanes STREQUAL all OR width IN_LIST lanes)
    target_sources(tenbin_engine_parts PRIVATE ${root}/futures/lanes_${width}.cpp)
    target_compile_definitions(tenbin_engine_parts PRIVATE TENBIN_LANES_${width})
  endif()
endforeach()

add_executable(tenbin_bits tests/bits.cpp)
target_link_libraries(tenbin_bits tenbin_engine_parts)

# What the page calls, read from the source that defines it.
file(STRINGS web/engine.cpp exported REGEX "^TENBIN_EXPORT")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS web/engine.cpp)
list(TRANSFORM exported REPLACE ".*(tenbin_engine_[a-z]+)\\(.*" "-Wl,--export=\\1")
add_executable(tenbin_engine_page web/engine.cpp)
target_link_libraries(tenbin_engine_page tenbin_engine_parts)
# A stack that overflows traps instead of writing over the data behind it.
target_link_options(tenbin_engine_parts INTERFACE -Wl,-z,stack-size=4194304,--stack-first)
target_link_options(tenbin_engine_page PRIVATE -mexec-model=reactor -Wl,--gc-sections,--strip-all ${exported})
set_target_properties(tenbin_bits tenbin_engine_page PROPERTIES SUFFIX .wasm)
