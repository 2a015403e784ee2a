#include "governance/workflow/request.hpp"

#include <map>
#include <stdexcept>

namespace governance::workflow {

namespace {

template <class T>
bool given(std::optional<T> const& value)
{
    return value.has_value();
}
bool given(std::optional<std::string> const& value)
{
    return value && value->find_first_not_of(" \t\r\n") != std::string::npos;
}
template <class T>
bool given(std::optional<std::vector<T>> const& value)
{
    return value && !value->empty();
}
template <class Tag>
bool given(std::optional<TextId<Tag>> const& value)
{
    return value && !value->empty();
}
template <class Tag>
bool given(std::optional<NumberId<Tag>> const& value)
{
    return value && !value->empty();
}

using Probe = bool (*)(StepInput const&);

std::map<std::string, Probe> const& probes()
{
#define YIQI_ITEM(member)                                                                                                                  \
    {                                                                                                                                      \
#member, [](StepInput const& input) { return given(input.member); }                                                                \
    }
    static std::map<std::string, Probe> const all{
        YIQI_ITEM(title),
        YIQI_ITEM(text),
        YIQI_ITEM(address),
        YIQI_ITEM(reason),
        YIQI_ITEM(reason_code),
        YIQI_ITEM(answer),
        YIQI_ITEM(mode),
        YIQI_ITEM(scope),
        YIQI_ITEM(scope_kind),
        YIQI_ITEM(scope_households),
        YIQI_ITEM(cost),
        YIQI_ITEM(amount_fen),
        YIQI_ITEM(matter_class),
        YIQI_ITEM(parties),
        YIQI_ITEM(party_study),
        YIQI_ITEM(minutes),
        YIQI_ITEM(question),
        YIQI_ITEM(options),
        YIQI_ITEM(days),
        YIQI_ITEM(agreement),
        YIQI_ITEM(plan_owner),
        YIQI_ITEM(body),
        YIQI_ITEM(budget_fen),
        YIQI_ITEM(milestones),
        YIQI_ITEM(percent),
        YIQI_ITEM(spent_fen),
        YIQI_ITEM(restart),
        YIQI_ITEM(basis),
        YIQI_ITEM(emergency),
        YIQI_ITEM(merge_target),
        YIQI_ITEM(transfer_target),
        YIQI_ITEM(result),
        YIQI_ITEM(channel),
        YIQI_ITEM(unit),
        YIQI_ITEM(co_units),
        YIQI_ITEM(due_text),
        YIQI_ITEM(stars),
        YIQI_ITEM(unsolved),
        YIQI_ITEM(item_code),
        YIQI_ITEM(delta_hundredths),
        YIQI_ITEM(occurred_at),
        YIQI_ITEM(cause),
        YIQI_ITEM(evidence),
        YIQI_ITEM(panel),
        YIQI_ITEM(put_right),
        {"pictures", [](StepInput const& input) { return input.pictures && *input.pictures > 0; }}};
#undef YIQI_ITEM
    return all;
}

} // namespace

std::set<std::string> item_names()
{
    std::set<std::string> names;
    for (auto const& [name, probe] : probes())
        names.insert(name);
    return names;
}

bool has_item(StepInput const& input, std::string const& item)
{
    auto const found = probes().find(item);
    if (found == probes().end())
        throw std::logic_error("no item of a step is called " + item);
    return found->second(input);
}

} // namespace governance::workflow
