# SPDX-License-Identifier: Apache-2.0
string(REPLACE "|" ";" PROGRAM "${PROGRAM}")
execute_process(COMMAND ${PROGRAM} OUTPUT_VARIABLE got RESULT_VARIABLE result)
file(READ ${EXPECTED} expected)
if(NOT result EQUAL 0 OR NOT got STREQUAL expected)
  message(FATAL_ERROR "exit ${result}; got:\n${got}expected:\n${expected}")
endif()
