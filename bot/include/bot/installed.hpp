#pragma once

#include <filesystem>

namespace bot {

/// Where the files lie that come with the program: beside an installed one, or in the source tree of one that was built there.
struct InstalledFiles {
    std::filesystem::path data;    ///< permissions, notices, wording, procedures, and demo/
    std::filesystem::path lexicon; ///< the reader's words
    std::filesystem::path web;
};

InstalledFiles installed_files();

} // namespace bot
