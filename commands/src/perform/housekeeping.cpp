#include "perform/housekeeping.hpp"

#include "storage/inbox.hpp"
#include "storage/outbox.hpp"

#include <algorithm>

namespace commands {
namespace {

using std::chrono::days;

constexpr days kInboxKept{30};           // platforms repeat a callback for minutes, a spool may be drained after days
constexpr days kOutboxKept{90};          // sent and merged ones; dead letters stay until somebody resends them
constexpr days kFiredJobsKept{90};       // what fired once must not fire again
constexpr std::int64_t kPortion = 1000;  // rows of a kind in one unit of work: others must not wait for it
constexpr std::int64_t kLookedAt = 5000; // messages that one step of the walk over the inbox reads
constexpr std::chrono::seconds kNextPortion{10};
constexpr std::chrono::minutes kAtNight{3 * 60 + 30}; // local time

void arm_at(Scene const& scene, governance::Instant due)
{
    storage::Job job;
    job.kind = std::string{kHousekeepingJob};
    job.key = std::string{kHousekeepingJob};
    job.due_at = due;
    storage::Jobs{scene.db}.arm(job);
}

governance::Instant next_night(Scene const& scene)
{
    auto const& zone = scene.world.calendar.zone;
    auto const today = std::chrono::local_days{zone.date(scene.now)};
    auto const tonight = zone.start_of(governance::LocalDate{today}) + kAtNight;
    return tonight > scene.now ? tonight : zone.start_of(governance::LocalDate{today + days{1}}) + kAtNight;
}

} // namespace

void arm_housekeeping(Scene const& scene)
{
    if (storage::Jobs{scene.db}.armed({}, kHousekeepingJob, 1).empty())
        arm_at(scene, next_night(scene));
}

void keep_house(Scene const& scene, governance::Instant machine_now)
{
    auto const most = std::max(storage::Outbox{scene.db}.purge(scene.now - kOutboxKept, kPortion),
                               storage::Jobs{scene.db}.purge(scene.now - kFiredJobsKept, kPortion));
    auto const more = storage::Inbox{scene.db}.purge(machine_now - kInboxKept, kLookedAt);
    arm_at(scene, more || most >= kPortion ? scene.now + kNextPortion : next_night(scene));
}

} // namespace commands
