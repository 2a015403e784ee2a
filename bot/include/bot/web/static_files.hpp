#pragma once

#include "bot/http.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace bot {

/// The files of a folder, read once and served from memory, so that no path of a request ever reaches the file system.
class StaticFiles {
public:
    StaticFiles() = default;
    /// Reads every file below `folder` whose kind is known (html, css, js, svg, png, json, webmanifest).
    /// Errors: std::runtime_error when the folder cannot be read.
    explicit StaticFiles(std::filesystem::path const& folder);

    /// Answers for `path` below the folder, as in "js/main.js"; "" and a folder's name with '/' mean its index.html. 404 for others.
    [[nodiscard]] HttpResponse answer(HttpRequest const& request, std::string_view path) const;

private:
    struct File {
        std::string content_type;
        std::string body;
    };
    std::map<std::string, File, std::less<>> files_;
};

} // namespace bot
