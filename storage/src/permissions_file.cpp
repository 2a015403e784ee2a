#include "storage/district.hpp"

#include <nlohmann/json.hpp>

#include <stdexcept>

namespace storage {
namespace {

using nlohmann::json;

governance::Reach reach(std::string const& word, std::string const& where)
{
    if (word == "own")
        return governance::Reach::own;
    if (word == "scope")
        return governance::Reach::scope;
    if (word == "cond")
        return governance::Reach::conditional;
    throw std::runtime_error(where + ": \"" + word + "\" is none of own, scope, cond");
}

std::vector<std::string> one_or_more(json const& value)
{
    return value.is_array() ? value.get<std::vector<std::string>>() : std::vector{value.get<std::string>()};
}

governance::IntentNeed need(json const& value)
{
    governance::IntentNeed out;
    if (!value.is_object()) {
        out.actions = one_or_more(value);
        return out;
    }
    for (auto const& [argument, actions] : value.items())
        out.by_argument.emplace(argument, one_or_more(actions));
    return out;
}

void check(governance::PermissionMatrix const& matrix)
{
    auto known = [&](std::string const& action, std::string const& where) {
        if (!matrix.grants.contains(action))
            throw std::runtime_error("permissions: intents." + where + ": action " + action + " is not in actions");
    };
    for (auto const& [intent, needed] : matrix.intents) {
        for (auto const& action : needed.actions)
            known(action, intent);
        for (auto const& [argument, actions] : needed.by_argument)
            for (auto const& action : actions)
                known(action, intent + "." + argument);
    }
}

} // namespace

governance::PermissionMatrix read_permissions(std::string_view text)
{
    try {
        auto const file = json::parse(text);
        governance::PermissionMatrix matrix;
        for (auto const& [action, entry] : file.at("actions").items()) {
            matrix.action_titles[action] = entry.value("zh", action);
            auto& row = matrix.grants[action];
            for (auto const& [role, word] : entry.at("grants").items())
                row[role] = reach(word.get<std::string>(), "permissions: actions." + action + "." + role);
        }
        auto const narrow_roles = file.value("narrow_roles", json::object());
        for (auto const& [role, entry] : narrow_roles.items()) {
            governance::NarrowRole narrow;
            if (entry.contains("as") && entry.at("as").is_string())
                narrow.as = entry.at("as").get<std::string>();
            narrow.only = entry.value("only", std::set<std::string>{});
            narrow.plus = entry.value("plus", std::set<std::string>{});
            matrix.narrow_roles.emplace(role, std::move(narrow));
        }
        auto const intents = file.value("intents", json::object());
        for (auto const& [intent, value] : intents.items())
            matrix.intents.emplace(intent, need(value));
        auto const actors = file.value("actors", json::object());
        for (auto const& [word, value] : actors.items())
            matrix.actors.emplace(word, value.is_array() ? value.get<std::vector<std::string>>() : std::vector<std::string>{});
        check(matrix);
        return matrix;
    } catch (json::exception const& error) {
        throw std::runtime_error(std::string{"permissions: "} + error.what());
    }
}

} // namespace storage
