#include "perform/standing_jobs.hpp"

#include "perform/housekeeping.hpp"
#include "perform/points_steps.hpp"
#include "perform/proposal_steps.hpp"
#include "perform/rankings.hpp"
#include "perform/report_steps.hpp"
#include "storage/jobs.hpp"
#include "storage/matters.hpp"

#include <charconv>

namespace commands {
namespace {

/// "m/12/collect/100" of a matter's timer, "p/12/audit/80" of a points entry's.
void fire_matter_timer(Scene const& scene, storage::Job const& job)
{
    auto const first = job.key.find('/');
    auto const second = job.key.find('/', first + 1);
    auto const third = job.key.rfind('/');
    std::int64_t no = 0;
    int percent = 100;
    std::from_chars(job.key.data() + first + 1, job.key.data() + second, no);
    std::from_chars(job.key.data() + third + 1, job.key.data() + job.key.size(), percent);
    auto const timer = job.key.substr(second + 1, third - second - 1);
    if (job.key.starts_with("p/"))
        return fire_points_timer(scene, job.community, governance::RefNo{no}, timer, percent);
    auto const head = storage::find_matter(scene.db, job.community, governance::RefNo{no});
    if (head && head->kind == storage::kReport)
        fire_report_timer(scene, job.community, head->no, timer, percent);
    else if (head)
        fire_timer(scene, job.community, head->no, timer, percent);
}

} // namespace

void arm_standing_jobs(Scene const& scene)
{
    arm_rankings(scene);
    arm_housekeeping(scene);
}

bool fire_job(storage::Database& db, World const& world, governance::Instant until, governance::Instant machine_now)
{
    auto const job = storage::Jobs{db}.take_next(until);
    if (!job)
        return false;
    Scene const scene{db, world, job->due_at};
    if (job->kind == "timer")
        fire_matter_timer(scene, *job);
    else if (job->kind == kHousekeepingJob)
        keep_house(scene, machine_now);
    else
        fire_ranking(scene, *job);
    return true;
}

} // namespace commands
