# SPDX-License-Identifier: Apache-2.0
# Read by ctest: the cases of `program` in the suite "threads" or "nightly" get the suite's name as a label.
if(EXISTS "${program}")
  foreach(suite threads nightly)
    execute_process(COMMAND "${program}" --list-test-cases --test-suite=${suite} --no-colors=true OUTPUT_VARIABLE cases)
    string(REPLACE "\n" ";" cases "${cases}")
    foreach(case IN LISTS cases)
      if(NOT case MATCHES "^(\\[doctest\\]|====|$)")
        set_tests_properties("${case}" PROPERTIES LABELS "${first_label};${suite}")
      endif()
    endforeach()
  endforeach()
endif()
