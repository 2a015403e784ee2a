# Language level, warnings and sanitizers of every target, and the tools that make builds quick where they are present.
add_library(yiqi_options INTERFACE)
target_compile_options(yiqi_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Woverloaded-virtual -Werror
  # False alarms of g++ 12: on coroutine frames, and inside the standard library when it comes from a precompiled header.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-mismatched-new-delete;-Wno-stringop-overflow;-Wno-stringop-overread;-Wno-array-bounds;-Wno-restrict;-Wno-maybe-uninitialized>)

if(YIQI_SANITIZE)
  target_compile_options(yiqi_options INTERFACE -fsanitize=${YIQI_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(yiqi_options INTERFACE -fsanitize=${YIQI_SANITIZE})
  if(YIQI_SANITIZE MATCHES "thread")
    target_compile_options(yiqi_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>) # Asio's fences
  endif()
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # The sloppiness is what ccache wants for objects made with a precompiled header; it looks at the header's content all the same.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
    ${CCACHE_PROGRAM})
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endif()
find_program(LLD_PROGRAM ld.lld)
if(LLD_PROGRAM)
  add_link_options(-fuse-ld=lld)
endif()
