#include "reader/matter.hpp"

#include <array>

namespace commands::reader {

namespace {

using Try = std::optional<Reading> (*)(Matter const&);

/// In this order: what takes back or moves a matter before what talks about it.
constexpr std::array<Try, 20> kTries{take_back, merge,           reopen_proposal, object, check,    step,     blow,
                                     respond,   answer_question, comment,         verify, escalate, progress, case_action,
                                     rate,      review,          supplement,      second, urge,     status};

} // namespace

std::optional<Reading> matter_command(View const& v, Number const& ref, bool strict)
{
    auto const* comment_first = v.at_word(W::comment_word, v.start);
    Matter const m{v, ref, strict, v.kind(ref.value), v.asks() && !comment_first};
    for (auto const attempt : kTries)
        if (auto r = attempt(m))
            return r;
    return std::nullopt;
}

Verdict known_matter(View const& v)
{
    auto const ref = v.main_ref();
    if (!ref)
        return std::nullopt;
    bool const addressed = v.known(ref->value) || (ref->marked && v.direct());
    if (!addressed)
        return std::nullopt;
    if (v.joking() && !v.direct())
        return std::nullopt;
    return one(matter_command(v, *ref, false));
}

} // namespace commands::reader
