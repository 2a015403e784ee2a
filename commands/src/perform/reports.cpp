#include "perform/hooks.hpp"
#include "perform/intents.hpp"
#include "perform/report_steps.hpp"

namespace commands {

void create_report(Turn& turn, reader::Reading const& reading)
{
    comes_later(turn, reading);
}
void supplement_report(Turn& turn, reader::Reading const& reading)
{
    comes_later(turn, reading);
}
void act_on_case(Turn& turn, reader::Reading const& reading)
{
    comes_later(turn, reading);
}
void urge_case(Turn& turn, reader::Reading const& reading)
{
    comes_later(turn, reading);
}
void rate_report(Turn& turn, reader::Reading const& reading)
{
    comes_later(turn, reading);
}
bool withdraw_report(Turn&, governance::RefNo)
{
    return false;
}
void fire_report_timer(Scene const&, governance::CommunityId const&, governance::RefNo, std::string const&, int) {}
governance::RefNo open_transferred(Scene const&, governance::Proposal const&, std::string const&)
{
    return {};
}

} // namespace commands
