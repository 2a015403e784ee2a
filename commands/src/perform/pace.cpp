#include "perform/pace.hpp"

#include <algorithm>

namespace commands {
namespace {

constexpr auto kWindow = std::chrono::minutes{10};

} // namespace

void Pace::forget(governance::Instant now)
{
    auto const stale = [now](auto const& entry) {
        auto const& recent = entry.second;
        return recent.size == 0 || now - recent.at[(recent.first + recent.size - 1U) % kCommands] > kWindow;
    };
    std::erase_if(by_user_, stale);
    forget_above_ = std::max(kForgetAbove, 2 * by_user_.size());
}

bool Pace::allow(Turn& turn, reader::Reading const& reading)
{
    auto const now = turn.scene.now;
    if (reading.args.text("urgency") == "critical")
        return true;
    if (by_user_.size() > forget_above_)
        forget(now);
    auto& recent = by_user_[turn.event.account + "/" + turn.event.user_id];
    while (recent.size > 0 && now - recent.at[recent.first] >= kWindow) {
        recent.first = static_cast<std::uint8_t>((recent.first + 1U) % kCommands);
        --recent.size;
        recent.told = false;
    }
    if (recent.size < kCommands) {
        recent.at[(recent.first + recent.size++) % kCommands] = now;
        return true;
    }
    if (!recent.told) {
        auto const wait = std::chrono::ceil<std::chrono::minutes>(recent.at[recent.first] + kWindow - now);
        turn.say_key("say.too_fast", {{"minutes", std::to_string(wait.count())}});
    }
    recent.told = true;
    return false;
}

} // namespace commands
