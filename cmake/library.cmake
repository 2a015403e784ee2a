# One library a folder: headers under NAME/include/NAME, sources under NAME/src. The include root of a library is seen only
# by what links it, so an include against the arrow does not compile.
function(yiqi_library name)
  cmake_parse_arguments(ARG "" "" "PUBLIC;PRIVATE;PRECOMPILE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${name}/src/*.cpp)
  if(NOT sources)
    file(WRITE ${CMAKE_BINARY_DIR}/empty.cpp "")
    set(sources ${CMAKE_BINARY_DIR}/empty.cpp)
  endif()
  add_library(yiqi_${name} STATIC ${sources})
  target_include_directories(yiqi_${name} PUBLIC ${CMAKE_SOURCE_DIR}/${name}/include PRIVATE ${CMAKE_SOURCE_DIR}/${name}/src)
  target_link_libraries(yiqi_${name} PUBLIC ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE} yiqi_options)
  # For speed alone, both: several sources are compiled as one, with a precompiled header. Every source still names what it uses, and the static checks read it without this header.
  target_precompile_headers(yiqi_${name} PRIVATE <algorithm> <chrono> <functional> <map> <memory> <optional> <string> <variant> <vector>
    ${ARG_PRECOMPILE})
  set_target_properties(yiqi_${name} PROPERTIES UNITY_BUILD ${YIQI_UNITY} UNITY_BUILD_BATCH_SIZE 6)
  if(YIQI_UNITY) # a source that is included is taken for a header there
    target_compile_options(yiqi_${name} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
  endif()
endfunction()

# A test program made of every .cpp below tests/NAME.
function(yiqi_tests name)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${name}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${name}_tests ${sources})
  target_link_libraries(${name}_tests PRIVATE ${ARGN} yiqi_test_options GTest::gtest_main)
  target_include_directories(${name}_tests PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  # For speed alone, as in the libraries. One precompiled header serves all test programs.
  target_precompile_headers(${name}_tests REUSE_FROM yiqi_test_header)
  set_target_properties(${name}_tests PROPERTIES UNITY_BUILD ${YIQI_UNITY} UNITY_BUILD_BATCH_SIZE 4)
  target_compile_definitions(${name}_tests PRIVATE YIQI_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  if(YIQI_SANITIZE) # a process for each test takes five times as long there
    add_test(NAME ${name}_tests COMMAND ${name}_tests --gtest_shuffle)
    set_tests_properties(${name}_tests PROPERTIES TIMEOUT 1800)
  else()
    gtest_discover_tests(${name}_tests DISCOVERY_TIMEOUT 60)
  endif()
endfunction()
