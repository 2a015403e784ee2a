#include "bot/web/static_files.hpp"

#include "bot/web/answers.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace bot {
namespace {

std::string type_of(std::filesystem::path const& file)
{
    static std::map<std::string, std::string> const kTypes = {{".html", "text/html; charset=utf-8"},
                                                              {".css", "text/css; charset=utf-8"},
                                                              {".js", "text/javascript; charset=utf-8"},
                                                              {".svg", "image/svg+xml"},
                                                              {".png", "image/png"},
                                                              {".json", "application/json"},
                                                              {".webmanifest", "application/manifest+json"}};
    auto const found = kTypes.find(file.extension().string());
    return found == kTypes.end() ? std::string() : found->second;
}

} // namespace

StaticFiles::StaticFiles(std::filesystem::path const& folder)
{
    std::error_code error;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(folder, error)) {
        auto type = type_of(entry.path());
        if (!entry.is_regular_file() || type.empty())
            continue;
        std::ifstream in(entry.path(), std::ios::binary);
        std::ostringstream body;
        body << in.rdbuf();
        if (!in)
            throw std::runtime_error(entry.path().string() + ": cannot be read");
        files_[std::filesystem::relative(entry.path(), folder).generic_string()] = {std::move(type), body.str()};
    }
    if (error)
        throw std::runtime_error(folder.string() + ": " + error.message());
}

HttpResponse StaticFiles::answer(HttpRequest const& request, std::string_view path) const
{
    auto name = std::string(path);
    if (name.empty() || name.ends_with('/'))
        name += "index.html";
    auto const found = files_.find(name);
    if (found == files_.end())
        return problem(404);
    HttpResponse response;
    response.content_type = found->second.content_type;
    response.body = found->second.body;
    protect(response);
    response = cacheable(request, std::move(response), std::chrono::seconds(0));
    return response;
}

} // namespace bot
