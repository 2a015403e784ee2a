#include "bot/installed.hpp"

#include <system_error>

namespace bot {

InstalledFiles installed_files()
{
    std::error_code error;
    auto const program = std::filesystem::read_symlink("/proc/self/exe", error);
    auto const share = program.parent_path().parent_path() / "share" / "yiqi";
    if (!error && std::filesystem::is_directory(share / "data", error))
        return {share / "data", share / "lexicon", share / "web"};
    std::filesystem::path const source = YIQI_SOURCE_DIR;
    return {source / "data", source / "commands" / "lexicon", source / "web"};
}

} // namespace bot
