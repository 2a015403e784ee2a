#pragma once

#include "governance/five_talks/bench.hpp"

/// Attempts that five_talks refuses, by stage.
namespace five_talks_test {

using namespace governance::trigger;
using Bend = std::function<void(Request&, Proposal&)>;

struct Refused {
    char const* name;
    char const* from;
    char const* trigger;
    Actor (*actor)();
    Bend bend;
    RefusalCode code;
    std::map<std::string, std::string> details = {}; ///< a part of those expected
};
inline void PrintTo(Refused const& refused, std::ostream* out)
{
    *out << refused.name;
}

using Code = RefusalCode;
inline Actor timer()
{
    return Actor::timer();
}
inline void none(Request&, Proposal&) {}
inline void on(Request& request, char const* when)
{
    request.now = demo::at(when);
}
inline void agree(Request& request, Actor second)
{
    request.concurring.push_back(std::move(second));
}

std::vector<Refused> collecting();
std::vector<Refused> review();
std::vector<Refused> vote();
std::vector<Refused> publicity();
std::vector<Refused> execution();

} // namespace five_talks_test
