#include "perform/pace.hpp"

namespace commands {
namespace {

constexpr std::size_t kCommands = 10;
constexpr auto kWindow = std::chrono::minutes{10};
constexpr std::size_t kForgetAbove = 20'000;

} // namespace

void Pace::forget(governance::Instant now)
{
    for (auto it = by_user_.begin(); it != by_user_.end();)
        it = it->second.at.empty() || now - it->second.at.back() > kWindow ? by_user_.erase(it) : std::next(it);
}

bool Pace::allow(Turn& turn, reader::Reading const& reading)
{
    auto const now = turn.scene.now;
    if (reading.args.text("urgency") == "critical")
        return true;
    if (by_user_.size() > kForgetAbove)
        forget(now);
    auto& recent = by_user_[turn.event.account + "/" + turn.event.user_id];
    while (!recent.at.empty() && now - recent.at.front() >= kWindow) {
        recent.at.pop_front();
        recent.told = false;
    }
    if (recent.at.size() < kCommands) {
        recent.at.push_back(now);
        return true;
    }
    if (!recent.told) {
        auto const wait = std::chrono::ceil<std::chrono::minutes>(recent.at.front() + kWindow - now);
        turn.say_key("say.too_fast", {{"minutes", std::to_string(wait.count())}});
    }
    recent.told = true;
    return false;
}

} // namespace commands
