#include "bot/parse_lines.hpp"

#include "bot/reading_json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <istream>
#include <ostream>
#include <stdexcept>

namespace bot {

namespace {

using namespace commands::reader;
using nlohmann::json;

json ignored_result()
{
    return to_json(Result{{Reading{}}, {}, false});
}

json parsed(json const& line, Reader const& reader, Allowed const& allowed)
{
    auto const text = line.find("text");
    if (text == line.end() || !text->is_string())
        throw std::invalid_argument("\"text\" must be a text");
    auto const context = context_from_json(line.value("ctx", json{}));
    auto const denied = [&](Reading const& reading) {
        return allowed && !context.roles.empty() &&
               std::none_of(context.roles.begin(), context.roles.end(), [&](auto const& role) { return allowed(role, reading); });
    };
    return to_json(reader.read(text->get<std::string>(), context), denied);
}

} // namespace

std::size_t parse_lines(std::istream& in, std::ostream& out, Reader const& reader, Allowed const& allowed)
{
    std::size_t faulty = 0;
    std::string line;
    while (std::getline(in, line)) {
        if (line.find_first_not_of(" \t\r") == std::string::npos)
            continue;
        json answer{{"id", nullptr}};
        try {
            auto const parsed_line = json::parse(line);
            if (!parsed_line.is_object())
                throw std::invalid_argument("a line must be an object");
            answer["id"] = parsed_line.value("id", json{});
            answer["result"] = parsed(parsed_line, reader, allowed);
        } catch (std::exception const& e) { // one line's fault: named, and on to the next
            ++faulty;
            answer["result"] = ignored_result();
            answer["error"] = e.what();
        }
        out << answer.dump(-1, ' ', false, json::error_handler_t::replace) << '\n';
    }
    return faulty;
}

} // namespace bot
