# Fails when a file includes what its folder must not know. The link interfaces already forbid our own folders; system
# headers are visible to all, so this reads the text.
set(outside_everywhere "boost/(asio|beast)|SQLiteCpp|sqlite3\\.h|libpq-fe|openssl|curl/")
set(governance_forbids "${outside_everywhere}|nlohmann|toml\\+\\+|unicode/|storage/|commands/|adapters/|bot/")
set(storage_forbids "boost/(asio|beast)|curl/|commands/|adapters/|bot/")
set(commands_forbids "${outside_everywhere}|nlohmann|bot/")
set(adapters_forbids "SQLiteCpp|sqlite3\\.h|libpq-fe|governance/|storage/|commands/|bot/")

foreach(folder governance storage commands adapters)
  file(GLOB_RECURSE files ${ROOT}/${folder}/*.hpp ${ROOT}/${folder}/*.cpp)
  foreach(file ${files})
    file(STRINGS ${file} bad REGEX "#include [<\"](${${folder}_forbids})")
    if(bad)
      message(SEND_ERROR "${file}: ${bad}")
    endif()
  endforeach()
endforeach()

# SQL stays in storage/.
file(GLOB_RECURSE files ${ROOT}/governance/*.cpp ${ROOT}/commands/*.cpp ${ROOT}/adapters/*.cpp ${ROOT}/bot/*.cpp)
foreach(file ${files})
  file(STRINGS ${file} bad REGEX "\"(SELECT|INSERT INTO|UPDATE|DELETE FROM) ")
  if(bad)
    message(SEND_ERROR "SQL outside storage/: ${file}: ${bad}")
  endif()
endforeach()
