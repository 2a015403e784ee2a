#include "dialect.hpp"

namespace storage::sqlite {
namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to)
{
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

} // namespace

std::string dialect(std::string_view sql)
{
    constexpr std::string_view kOpen = "/* sqlite:";
    constexpr std::string_view kClose = "*/";
    std::string out(sql);
    for (auto at = out.find(kOpen); at != std::string::npos; at = out.find(kOpen, at)) {
        auto const end = out.find(kClose, at);
        if (end == std::string::npos)
            break;
        out.erase(end, kClose.size());
        out.erase(at, kOpen.size());
    }
    replace_all(out, "BIGINT PRIMARY KEY", "INTEGER PRIMARY KEY");
    return out;
}

} // namespace storage::sqlite
