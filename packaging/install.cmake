# SPDX-License-Identifier: Apache-2.0
# What `cmake --install` puts where, and the packages that CPack makes of it. Components: library (libtenbin.so.2 and the
# shipped data), development (header, CMake and pkg-config files), program (tenbin, its man pages and completion).
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(TARGETS tenbin_library EXPORT tenbin
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library NAMELINK_COMPONENT development
  PUBLIC_HEADER DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
set(shipped ${CMAKE_INSTALL_DATADIR}/tenbin)
install(DIRECTORY data/east-asia data/evidence data/gallery data/priors data/states data/templates DESTINATION ${shipped}/data COMPONENT library
  PATTERN make EXCLUDE PATTERN make_scorecard EXCLUDE PATTERN make_page EXCLUDE)
install(DIRECTORY scenarios examples DESTINATION ${shipped} COMPONENT library)
install(DIRECTORY register DESTINATION ${shipped} COMPONENT library PATTERN make EXCLUDE)

set(config ${CMAKE_INSTALL_LIBDIR}/cmake/tenbin)
install(EXPORT tenbin NAMESPACE tenbin:: FILE tenbinTargets.cmake DESTINATION ${config} COMPONENT development)
configure_package_config_file(packaging/tenbinConfig.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/tenbinConfig.cmake
  INSTALL_DESTINATION ${config})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/tenbinConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/tenbinConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/tenbinConfigVersion.cmake
  DESTINATION ${config} COMPONENT development)
file(RELATIVE_PATH TENBIN_PREFIX_FROM_PC /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)  # so that what was installed can be moved
configure_file(packaging/tenbin.pc.in ${CMAKE_CURRENT_BINARY_DIR}/tenbin.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/tenbin.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)

install(TARGETS tenbin RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
install(FILES packaging/completion.bash RENAME tenbin
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT program)
install(FILES packaging/completion.zsh RENAME _tenbin
  DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions COMPONENT program)
find_program(help2man help2man)
if(help2man)
  add_custom_command(OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/man/tenbin.1
    COMMAND ${PROJECT_SOURCE_DIR}/packaging/man $<TARGET_FILE:tenbin> ${CMAKE_CURRENT_BINARY_DIR}/man
    DEPENDS tenbin packaging/man VERBATIM)
  add_custom_target(man ALL DEPENDS ${CMAKE_CURRENT_BINARY_DIR}/man/tenbin.1)
  install(DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
else()
  message(STATUS "help2man is not installed: no man pages")
endif()

# What is bundled and linked, with versions and licences.
set(documents ${CMAKE_INSTALL_DOCDIR})
add_custom_command(OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/sbom.cdx.json
  COMMAND ${PROJECT_SOURCE_DIR}/packaging/sbom ${PROJECT_VERSION} "${TENBIN_LIVE}" ${CMAKE_CURRENT_BINARY_DIR}/sbom.cdx.json $<TARGET_FILE:tenbin>
  DEPENDS packaging/sbom web/package-lock.json tenbin VERBATIM)
find_program(python3 NAMES python3)
if(python3)
  add_custom_target(sbom ALL DEPENDS ${CMAKE_CURRENT_BINARY_DIR}/sbom.cdx.json)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/sbom.cdx.json DESTINATION ${documents} COMPONENT program)
endif()
install(FILES README.md CHANGELOG.md packaging/copyright DESTINATION ${documents} COMPONENT program)
install(DIRECTORY docs/ DESTINATION ${documents}/docs COMPONENT program)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME tenbin)
set(CPACK_PACKAGE_VENDOR "The tenbin authors")
set(CPACK_PACKAGE_CONTACT "The tenbin authors <tenbin@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "what a military build-up means, from public figures")
set(CPACK_PACKAGE_DESCRIPTION "Fits who arms in response to whom, projects every state's spending with honest uncertainty, compares
 policies future by future, and puts it all in one page that opens offline.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS OFF)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_CURRENT_BINARY_DIR})
include(CPack)
