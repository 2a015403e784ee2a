#include "perform/case_input.hpp"

#include "perform/pending_steps.hpp"
#include "perform/step_input.hpp"

namespace commands {
namespace {

namespace trigger = governance::case_trigger;

constexpr std::string_view kRejectWords = "case_reject";

/// The longest name or alias of a department that stands in the words.
std::string department_in(Scene const& scene, std::string_view words)
{
    std::string best;
    std::size_t length = 0;
    for (auto const& unit : scene.world.organisation.units()) {
        if (unit.type != governance::UnitType::department)
            continue;
        auto consider = [&](std::string const& name) {
            if (name.size() > length && words.find(name) != std::string_view::npos) {
                best = unit.id.str();
                length = name.size();
            }
        };
        consider(unit.name);
        for (auto const& alias : unit.aliases)
            consider(alias);
    }
    return best;
}

void set_reject(Scene const& scene, std::string_view text, governance::workflow::StepInput& input)
{
    if (auto code = key_of_words(scene, kRejectWords, text); !code.empty()) {
        input.channel = scene.world.wording.word("case_channel." + code, scene.world.wording.say("case.worker"));
        input.reason_code = std::move(code);
    }
}

/// What happened, and after 原因： why, as the neighbours may hear it.
void set_result(std::string text, governance::workflow::StepInput& input)
{
    for (std::string_view const label : {"原因：", "原因:"})
        if (auto const at = text.find(label); at != std::string::npos) {
            input.cause = text.substr(at + label.size());
            text.resize(at);
        }
    while (text.ends_with('\n') || text.ends_with(' '))
        text.pop_back();
    if (!text.empty())
        input.result = std::move(text);
}

} // namespace

std::string unit_named(Scene const& scene, std::string_view words)
{
    if (auto const* unit = scene.world.organisation.named(words); unit != nullptr)
        return unit->id.str();
    return department_in(scene, words);
}

void fill_case_input(Turn const& turn, reader::Reading const& reading, governance::Case const& report, storage::PendingStep& step)
{
    auto const& scene = turn.scene;
    auto& input = step.input;
    auto const& what = step.trigger;
    auto const text = std::string{reading.args.text("text")};
    auto const target = std::string{reading.args.text("target")};
    if (auto const pictures = pictures_in(turn); pictures > 0)
        input.pictures = pictures;
    if (auto const days = reading.args.integer("days"))
        input.days = static_cast<int>(*days);
    if (auto const master = reading.args.integer("duplicate_of"))
        input.merge_target = governance::RefNo{*master};
    if (what == trigger::kDispatch || what == trigger::kReturn) {
        auto unit = unit_named(scene, target.empty() ? text : target);
        if (what == trigger::kReturn && unit == report.handler_unit)
            unit.clear(); // a returning department names another one
        if (!unit.empty())
            input.unit = std::move(unit);
        else if (what == trigger::kDispatch && !target.empty())
            input.unit = target; // not known: the rules say so
    }
    if (what == trigger::kReject)
        set_reject(scene, text, input);
    if (text.empty())
        return;
    if (what == trigger::kDone)
        set_result(text, input);
    else if (what == trigger::kVerifyTrue || what == trigger::kVerifyFalse)
        input.result = text;
    else if (what == trigger::kInform)
        input.due_text = text;
    else
        input.reason = text;
}

bool add_case_value(Turn const& turn, storage::PendingStep& step, std::string_view text)
{
    auto const& scene = turn.scene;
    auto& input = step.input;
    auto const value = std::string{text};
    if (step.item == "reason")
        input.reason = value;
    else if (step.item == "result")
        input.result = value;
    else if (step.item == "channel")
        input.channel = value;
    else if (step.item == "reason_code")
        set_reject(scene, text, input);
    else if (step.item == "unit")
        input.unit = unit_named(scene, text);
    else if (step.item == "pictures")
        input.pictures = input.pictures.value_or(0) + pictures_in(turn);
    else if (step.item == "days" || step.item == "merge_target") {
        auto const number = reader::resolve_number(text);
        if (!number || *number < 1 || *number > 1'000'000'000)
            return false;
        if (step.item == "days")
            input.days = static_cast<int>(*number);
        else
            input.merge_target = governance::RefNo{*number};
    }
    // A picture of the place is as good as words about a visit.
    if (step.item == "result" && pictures_in(turn) > 0)
        input.pictures = input.pictures.value_or(0) + pictures_in(turn);
    return governance::workflow::has_item(input, step.item) || (step.item == "result" && input.pictures.value_or(0) > 0);
}

std::string case_settings_text(governance::workflow::StepInput const& input)
{
    std::string out = input.result.value_or("");
    if (input.reason)
        out += (out.empty() ? "" : "；") + *input.reason;
    return cut(out, 150);
}

} // namespace commands
