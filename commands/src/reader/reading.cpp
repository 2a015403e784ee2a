#include "commands/reader/reading.hpp"

#include "commands/reader/context.hpp"

#include <algorithm>

namespace commands::reader {

Ref ref_from(std::string_view kind_and_stage)
{
    auto const colon = kind_and_stage.find(':');
    if (colon == std::string_view::npos)
        return Ref{std::string(kind_and_stage), {}};
    return Ref{std::string(kind_and_stage.substr(0, colon)), std::string(kind_and_stage.substr(colon + 1))};
}

bool is_empty(Address const& address)
{
    return address == Address{};
}

std::vector<std::pair<std::string_view, std::string>> fields_of(Address const& a)
{
    std::vector<std::pair<std::string_view, std::string>> fields;
    auto const add = [&](std::string_view name, std::string const& value) {
        if (!value.empty())
            fields.emplace_back(name, value);
    };
    add("estate", a.estate);
    add("road", a.road);
    add("road_no", a.road_no);
    add("village", a.village);
    add("hamlet", a.hamlet);
    add("house_no", a.house_no);
    add("site", a.site);
    add("building", a.building);
    add("unit", a.unit);
    add("room", a.room);
    add("floor", a.floor);
    add("grid", a.grid);
    add("landmark", a.landmark);
    add("relative", a.relative);
    return fields;
}

void Args::set(std::string_view name, ArgValue value)
{
    for (auto& [key, old] : items_) {
        if (key == name) {
            old = std::move(value);
            return;
        }
    }
    items_.emplace_back(name, std::move(value));
}

void Args::erase(std::string_view name)
{
    std::erase_if(items_, [name](auto const& item) { return item.first == name; });
}

ArgValue const* Args::find(std::string_view name) const
{
    for (auto const& [key, value] : items_)
        if (key == name)
            return &value;
    return nullptr;
}

std::optional<std::int64_t> Args::integer(std::string_view name) const
{
    auto const* value = find(name);
    auto const* number = value ? std::get_if<std::int64_t>(value) : nullptr;
    return number ? std::optional(*number) : std::nullopt;
}

std::optional<Hundredths> Args::number(std::string_view name) const
{
    auto const* value = find(name);
    auto const* number = value ? std::get_if<Hundredths>(value) : nullptr;
    return number ? std::optional(*number) : std::nullopt;
}

bool Args::flag(std::string_view name) const
{
    auto const* value = find(name);
    auto const* flag = value ? std::get_if<bool>(value) : nullptr;
    return flag && *flag;
}

std::string_view Args::text(std::string_view name) const
{
    auto const* value = find(name);
    auto const* text = value ? std::get_if<std::string>(value) : nullptr;
    return text ? std::string_view(*text) : std::string_view{};
}

std::vector<std::string> Args::list(std::string_view name) const
{
    auto const* value = find(name);
    auto const* list = value ? std::get_if<std::vector<std::string>>(value) : nullptr;
    return list ? *list : std::vector<std::string>{};
}

Address const* Args::address() const
{
    auto const* value = find("address");
    return value ? std::get_if<Address>(value) : nullptr;
}

} // namespace commands::reader
