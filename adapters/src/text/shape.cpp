#include "text/shape.hpp"

#include <algorithm>

namespace adapters::text {

bool json_depth_within(std::string_view json, std::size_t max_depth)
{
    std::size_t depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        char const c = json[i];
        if (in_string) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > max_depth)
                return false;
        } else if ((c == '}' || c == ']') && depth > 0) {
            --depth;
        }
    }
    return true;
}

bool xml_shape_within(std::string_view xml, std::size_t max_depth, std::size_t max_elements)
{
    auto const control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r'; };
    if (std::any_of(xml.begin(), xml.end(), control))
        return false;
    constexpr std::string_view kCdata = "<![CDATA[";
    constexpr std::string_view kComment = "<!--";
    std::size_t depth = 0;
    std::size_t elements = 0;
    for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at)) {
        std::string_view const rest = xml.substr(at);
        std::string_view end = ">";
        if (rest.starts_with(kCdata))
            end = "]]>";
        else if (rest.starts_with(kComment))
            end = "-->";
        else if (rest.starts_with("<!"))
            return false;
        std::size_t const close = xml.find(end, at);
        if (close == std::string_view::npos)
            return false;
        bool const tag = end.size() == 1 && rest.size() > 1 && rest[1] != '?';
        if (tag && rest[1] == '/') {
            depth -= depth > 0 ? 1 : 0;
        } else if (tag) {
            if (++elements > max_elements)
                return false;
            if (xml[close - 1] != '/' && ++depth > max_depth)
                return false;
        }
        at = close + end.size();
    }
    return true;
}

} // namespace adapters::text
