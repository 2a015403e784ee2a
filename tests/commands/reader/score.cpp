#include "commands/reader/score.hpp"

#include "bot/gazetteer_files.hpp"
#include "bot/reading_json.hpp"
#include "commands/reader/hygiene.hpp"

#include <algorithm>
#include <fstream>
#include <set>

namespace reader_test {

namespace {

using nlohmann::json;

std::string plain(json const& value)
{
    auto const text = commands::reader::clean_text(value.is_string() ? value.get<std::string>() : value.dump()).text;
    static std::vector<std::string> const marks{"。", "、", "“", "”", "‘", "’", "《", "》", "【", "】", "…", "—", "·", "「", "」"};
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        auto const mark = std::find_if(marks.begin(), marks.end(), [&](auto const& m) { return text.compare(i, m.size(), m) == 0; });
        if (mark != marks.end()) {
            i += mark->size();
        } else {
            if (!std::isspace(static_cast<unsigned char>(text[i])) && !std::ispunct(static_cast<unsigned char>(text[i])))
                out.push_back(text[i]);
            ++i;
        }
    }
    return out;
}

bool contains_all(json const& wanted, json const& got, std::vector<std::string> const& names)
{
    std::string text;
    for (auto const& name : names)
        text += plain(got.value(name, "")) + "\n";
    return std::all_of(wanted.begin(), wanted.end(), [&](json const& part) { return text.find(plain(part)) != std::string::npos; });
}

bool same_address(json const& wanted, json const& got)
{
    if (!got.is_object())
        return false;
    for (auto const& [key, value] : wanted.items()) {
        if (key == "landmark") {
            auto const a = plain(value), b = plain(got.value(key, ""));
            if (b.empty() || (a.find(b) == std::string::npos && b.find(a) == std::string::npos))
                return false;
        } else if (got.value(key, json{}) != value) {
            return false;
        }
    }
    return std::all_of(got.items().begin(), got.items().end(),
                       [&](auto const& item) { return wanted.contains(item.key()) || item.key() == "landmark"; });
}

json const& optional_defaults()
{
    static json const defaults{{"quantity", 1}, {"level", "work"}, {"target", "auto"}, {"anonymous", false}};
    return defaults;
}

bool same_args(json const& wanted, json const& got)
{
    static std::map<std::string, std::vector<std::string>> const contains{{"text_has", {"text", "title", "comment", "reason"}},
                                                                          {"title_has", {"title", "text"}},
                                                                          {"comment_has", {"comment", "text"}},
                                                                          {"reason_has", {"reason", "text"}}};
    static std::set<std::string> const free_text{"text", "title", "comment", "reason", "subcategory"};
    for (auto const& [key, value] : wanted.items()) {
        if (auto const has = contains.find(key); has != contains.end()) {
            if (!contains_all(value, got, has->second))
                return false;
        } else if (key == "address") {
            if (!same_address(value, got.value("address", json{})))
                return false;
        } else if (key != "subcategory" && got.value(key, optional_defaults().value(key, json{})) != value) {
            return false;
        }
    }
    for (auto const& [key, value] : got.items()) {
        bool const landmark_only = key == "address" && value.size() == 1 && value.contains("landmark");
        bool const by_default = optional_defaults().contains(key) && optional_defaults().at(key) == value;
        if (!wanted.contains(key) && !free_text.contains(key) && !landmark_only && !by_default)
            return false;
    }
    return true;
}

std::vector<json> parts(json const& result)
{
    if (result.contains("multi"))
        return result.at("multi").get<std::vector<json>>();
    return {result};
}

std::string intent_of(json const& part)
{
    return part.value("mode", "") == "ignore" ? "none" : part.value("intent", "none");
}

bool executes(json const& part)
{
    return part.value("mode", "") == "execute";
}

bool is_critical(json const& part)
{
    return executes(part) && part.value("args", json::object()).value("urgency", "") == "critical";
}

} // namespace

Comparison compare(json const& expect, json const& result)
{
    auto const want = parts(expect), got = parts(result);
    if (want.size() != got.size())
        return {};
    Comparison c{true, true};
    for (std::size_t i = 0; i < want.size(); ++i) {
        bool const head = want[i].value("mode", "") == got[i].value("mode", "") && intent_of(want[i]) == intent_of(got[i]);
        auto const missing = [](json const& part) { return part.value("missing", std::set<std::string>{}); };
        bool const full =
            want[i].value("mode", "") == "ignore" ||
            (same_args(want[i].value("args", json::object()), got[i].value("args", json::object())) && missing(want[i]) == missing(got[i]));
        c.head = c.head && head;
        c.full = c.full && head && full;
    }
    return c;
}

Score score_file(commands::reader::Reader const& reader, std::string const& file_name)
{
    std::ifstream file(std::string(YIQI_SOURCE_DIR) + "/tests/commands/data/" + file_name);
    Score score;
    for (std::string line; std::getline(file, line);) {
        if (line.empty())
            continue;
        auto const row = json::parse(line);
        std::string const id = row.at("id");
        auto const& expect = row.at("expect");
        auto const result = bot::to_json(reader.read(row.at("text").get<std::string>(), bot::context_from_json(row.at("ctx"))));
        auto const compared = compare(expect, result);
        ++score.messages;
        score.heads += compared.head ? 1U : 0U;
        score.fulls += compared.full ? 1U : 0U;
        if (!compared.full)
            score.failures[id] = row.at("text").get<std::string>() + "\n  want " + expect.dump() + "\n  got  " + result.dump();
        auto const want = parts(expect), got = parts(result);
        if (std::any_of(got.begin(), got.end(), executes) && std::none_of(want.begin(), want.end(), executes))
            score.false_executions.push_back(id);
        if (std::any_of(want.begin(), want.end(), is_critical) && std::none_of(got.begin(), got.end(), is_critical))
            score.missed_critical.push_back(id);
    }
    return score;
}

commands::reader::Reader const& demo_reader()
{
    static commands::reader::Reader const reader = [] {
        auto names = bot::gazetteer_from_folder(std::string(YIQI_SOURCE_DIR) + "/data/demo");
        names.bot_names = {"小邻"};
        return commands::reader::Reader(commands::reader::load_lexicon(std::string(YIQI_SOURCE_DIR) + "/commands/lexicon"),
                                        std::move(names));
    }();
    return reader;
}

} // namespace reader_test
