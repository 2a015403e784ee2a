# Builds storage/migrations/NNNN_name.sql into a library as storage::program_migrations().
if(CMAKE_SCRIPT_MODE_FILE)
  set(rows "")
  set(expected 1)
  file(GLOB files ${FOLDER}/[0-9][0-9][0-9][0-9]_*.sql)
  list(SORT files)
  foreach(file ${files})
    string(REGEX MATCH "([0-9]+)_([a-z0-9_]+)\\.sql$" matched ${file})
    math(EXPR version "1${CMAKE_MATCH_1} - 10000")
    if(NOT version EQUAL expected)
      message(FATAL_ERROR "migrations are numbered without gaps: ${file} should be number ${expected}")
    endif()
    math(EXPR expected "${expected} + 1")
    set(name ${CMAKE_MATCH_2})
    file(READ ${file} sql)
    string(APPEND rows "    {${version}, \"${name}\", R\"sql(${sql})sql\"},\n")
  endforeach()
  file(WRITE ${OUTPUT} "#include \"storage/migrations.hpp\"

namespace storage {
namespace {

constexpr Migration kMigrations[] = {
${rows}};

} // namespace

std::span<Migration const> program_migrations()
{
    return kMigrations;
}

} // namespace storage
")
  return()
endif()

set(embed_migrations_script ${CMAKE_CURRENT_LIST_FILE})
function(yiqi_embed_migrations target folder)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*.sql)
  set(output ${CMAKE_BINARY_DIR}/generated/migrations.cpp)
  add_custom_command(OUTPUT ${output} DEPENDS ${files} ${embed_migrations_script} VERBATIM
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${folder} -DOUTPUT=${output} -P ${embed_migrations_script})
  target_sources(${target} PRIVATE ${output})
endfunction()
