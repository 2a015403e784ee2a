# Language level, warnings and sanitizers of every target, and the tools that make builds quick where they are present.
add_library(yiqi_options INTERFACE)
target_compile_options(yiqi_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Woverloaded-virtual -Werror
  $<$<CXX_COMPILER_ID:GNU>:-Wno-mismatched-new-delete>) # false alarm on coroutine frames

if(YIQI_SANITIZE)
  target_compile_options(yiqi_options INTERFACE -fsanitize=${YIQI_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(yiqi_options INTERFACE -fsanitize=${YIQI_SANITIZE})
  if(YIQI_SANITIZE MATCHES "thread")
    target_compile_options(yiqi_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>) # Asio's fences
  endif()
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()
find_program(LLD_PROGRAM ld.lld)
if(LLD_PROGRAM)
  add_link_options(-fuse-ld=lld)
endif()
