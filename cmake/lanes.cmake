# SPDX-License-Identifier: Apache-2.0
# One source file a lane width (src/tenbin/futures/lanes_*.cpp), each compiled for its instructions.
set(lanes ${TENBIN_LANES})
if(lanes STREQUAL all)
  set(lanes 1 4 16 32)
elseif(lanes STREQUAL native)
  include(CheckCXXSourceRuns)
  foreach(level 4 3)
    check_cxx_source_runs("int main() { return !__builtin_cpu_supports(\"x86-64-v${level}\"); }" TENBIN_RUNS_V${level})
  endforeach()
  if(TENBIN_RUNS_V4)
    set(lanes 32)
  elseif(TENBIN_RUNS_V3)
    set(lanes 16)
  else()
    set(lanes)
  endif()
endif()
# Sanitizers and other compilers and machines get the widths that any machine has.
if(TENBIN_SANITIZED OR NOT CMAKE_CXX_COMPILER_ID STREQUAL GNU OR NOT CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  list(REMOVE_ITEM lanes 16 32)
endif()

get_target_property(sources tenbin_futures SOURCES)
list(FILTER sources EXCLUDE REGEX "lanes_[0-9]+\\.cpp$")
set_target_properties(tenbin_futures PROPERTIES SOURCES "${sources}")
foreach(width 8 ${lanes})
  set(source src/tenbin/futures/lanes_${width}.cpp)
  set_source_files_properties(${source} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON COMPILE_OPTIONS $<$<CONFIG:Release>:-O2>)
  target_compile_definitions(tenbin_futures PRIVATE TENBIN_LANES_${width})
  if(width LESS 16)
    target_sources(tenbin_futures PRIVATE ${source})
    continue()
  endif()
  # Everything in the file is compiled for AVX, the inline functions of the standard library too.
  # The linker must not take those for the rest of the program: only run_block_* stays visible.
  add_library(tenbin_lanes_${width} OBJECT ${source})
  target_link_libraries(tenbin_lanes_${width} PRIVATE tenbin_model)
  set_source_files_properties(${source} PROPERTIES COMPILE_OPTIONS "-O2;-fno-gnu-unique;-march=x86-64-v$<IF:$<EQUAL:${width},32>,4,3>")
  set(object ${CMAKE_CURRENT_BINARY_DIR}/lanes_${width}.o)
  add_custom_command(OUTPUT ${object}
    COMMAND ${CMAKE_LINKER} -r --force-group-allocation $<TARGET_OBJECTS:tenbin_lanes_${width}> -o ${object}.all
    COMMAND ${CMAKE_OBJCOPY} --wildcard --keep-global-symbol=*run_block_${width}* ${object}.all ${object}
    DEPENDS $<TARGET_OBJECTS:tenbin_lanes_${width}> COMMAND_EXPAND_LISTS VERBATIM)
  set_source_files_properties(${object} PROPERTIES EXTERNAL_OBJECT ON GENERATED ON)
  target_sources(tenbin_futures PRIVATE ${object})
endforeach()
