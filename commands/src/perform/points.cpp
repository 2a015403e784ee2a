#include "perform/hooks.hpp"
#include "perform/intents.hpp"
#include "perform/rankings.hpp"

namespace commands {

void tell_points(Turn& turn, reader::Reading const& reading)
{
    comes_later(turn, reading);
}
void tell_ranking(Turn& turn, reader::Reading const& reading)
{
    comes_later(turn, reading);
}
void tell_points_rules(Turn& turn, reader::Reading const& reading)
{
    comes_later(turn, reading);
}
void declare_points(Turn& turn, reader::Reading const& reading)
{
    comes_later(turn, reading);
}
void record_points(Turn& turn, reader::Reading const& reading)
{
    comes_later(turn, reading);
}
void audit_points(Turn& turn, reader::Reading const& reading)
{
    comes_later(turn, reading);
}
void award_points(Scene const&, governance::Proposal const&, std::string const&) {}
void arm_rankings(Scene const&) {}
void fire_ranking(Scene const&, storage::Job const&) {}

} // namespace commands
