#include "perform/scene.hpp"

#include <cstdio>

namespace commands {
namespace {

using std::chrono::minutes;

std::string two(std::int64_t value)
{
    return (value < 10 ? "0" : "") + std::to_string(value);
}

} // namespace

std::string date_text(governance::LocalDate date)
{
    return std::to_string(static_cast<unsigned>(date.month())) + "月" + std::to_string(static_cast<unsigned>(date.day())) + "日";
}

std::string day_text(Scene const& scene, governance::Instant at)
{
    auto const& zone = scene.world.calendar.zone;
    return date_text(zone.date(zone.minute_of_day(at) == minutes{0} ? at - minutes{1} : at));
}

std::string moment_text(Scene const& scene, governance::Instant at)
{
    auto const minute = scene.world.calendar.zone.minute_of_day(at);
    if (minute == minutes{0})
        return day_text(scene, at) + "24:00";
    return day_text(scene, at) + two(minute.count() / 60) + ":" + two(minute.count() % 60);
}

std::string hundredths_text(std::int64_t hundredths)
{
    std::string text = hundredths < 0 ? "-" : "";
    auto const size = hundredths < 0 ? -hundredths : hundredths;
    text += std::to_string(size / 100);
    if (auto const rest = size % 100; rest != 0) {
        text += "." + two(rest);
        if (text.ends_with('0'))
            text.pop_back();
    }
    return text;
}

std::string yuan_text(std::int64_t fen)
{
    return hundredths_text(fen) + "元";
}

std::string role_text(Scene const& scene, std::string const& role)
{
    return scene.world.wording.word("role." + role, role);
}

std::string public_name(Scene const& scene, governance::Actor const& actor)
{
    auto const* home = scene.world.organisation.find(actor.home);
    if (home != nullptr)
        return home->name + "邻居";
    return actor.roles.empty() ? std::string{"邻居"} : role_text(scene, actor.roles.front().role);
}

std::string actors_text(Scene const& scene, std::string const& words)
{
    std::string out;
    std::size_t begin = 0;
    while (begin <= words.size()) {
        auto const end = words.find('|', begin);
        auto const word = words.substr(begin, end == std::string::npos ? end : end - begin);
        if (!word.empty())
            out += (out.empty() ? "" : "、") + scene.world.wording.word("actor." + word, role_text(scene, word));
        if (end == std::string::npos)
            break;
        begin = end + 1;
    }
    return out;
}

std::string page_url(Scene const& scene, governance::CommunityId const& community, governance::RefNo no)
{
    return scene.world.public_url + "/c/" + community.str() + "/" + std::to_string(no.value());
}

std::string json_text(std::string_view text)
{
    std::string out = "\"";
    for (char const c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            char escaped[8];
            std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
            out += escaped;
        } else {
            out += c;
        }
    }
    return out + '"';
}

} // namespace commands
