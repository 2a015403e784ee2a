#include "storage/step_document.hpp"

#include "matter_documents.hpp"

namespace governance::workflow {

template <class A>
void fields(A& a, StepInput& v)
{
    a("title", v.title);
    a("text", v.text);
    a("address", v.address);
    a("reason", v.reason);
    a("reason_code", v.reason_code);
    a("answer", v.answer);
    a("mode", v.mode);
    a("scope", v.scope);
    a("scope_kind", v.scope_kind);
    a("scope_households", v.scope_households);
    a("cost", v.cost);
    a("amount_fen", v.amount_fen);
    a("matter_class", v.matter_class);
    a("parties", v.parties);
    a("party_study", v.party_study);
    a("minutes", v.minutes);
    a("question", v.question);
    a("options", v.options);
    a("days", v.days);
    a("agreement", v.agreement);
    a("plan_owner", v.plan_owner);
    a("body", v.body);
    a("budget_fen", v.budget_fen);
    a("milestones", v.milestones);
    a("percent", v.percent);
    a("spent_fen", v.spent_fen);
    a("pictures", v.pictures);
    a("restart", v.restart);
    a("basis", v.basis);
    a("emergency", v.emergency);
    a("merge_target", v.merge_target);
    a("transfer_target", v.transfer_target);
    a("result", v.result);
    a("channel", v.channel);
    a("unit", v.unit);
    a("co_units", v.co_units);
    a("due_text", v.due_text);
    a("stars", v.stars);
    a("unsolved", v.unsolved);
    a("item_code", v.item_code);
    a("delta_hundredths", v.delta_hundredths);
    a("occurred_at", v.occurred_at);
    a("cause", v.cause);
    a("evidence", v.evidence);
    a("panel", v.panel);
    a("put_right", v.put_right);
}

} // namespace governance::workflow

namespace storage {
namespace {

template <class A>
void fields(A& a, PendingStep& v)
{
    a("community", v.community);
    a("no", v.no);
    a("trigger", v.trigger);
    a("intent", v.intent);
    a("deciding", v.deciding);
    a("by", v.by);
    a("concurred", v.concurred);
    a("input", v.input);
    a("shown", v.shown);
    a("item", v.item);
}

template <class A>
void fields(A& a, PendingText& v)
{
    a("text", v.text);
    a("group", v.group);
    a("intent", v.intent);
    a("missing", v.missing);
    a("refs", v.refs);
}

template <class T>
std::string text_of(T const& value)
{
    document::Writer archive;
    auto copy = value;
    fields(archive, copy);
    return archive.take().dump();
}

template <class T>
std::optional<T> value_of(std::string_view text)
{
    auto const json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object())
        return std::nullopt;
    T value;
    document::Reader archive{json};
    fields(archive, value);
    return value;
}

} // namespace

std::string write_pending_step(PendingStep const& step)
{
    return text_of(step);
}

std::optional<PendingStep> read_pending_step(std::string_view text)
{
    return value_of<PendingStep>(text);
}

std::string write_pending_text(PendingText const& text)
{
    return text_of(text);
}

std::optional<PendingText> read_pending_text(std::string_view text)
{
    return value_of<PendingText>(text);
}

std::string write_step_input(governance::workflow::StepInput const& input)
{
    auto copy = input;
    return document::write(copy).dump();
}

} // namespace storage
