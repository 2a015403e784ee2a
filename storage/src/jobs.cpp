#include "storage/jobs.hpp"

#include "prefix.hpp"
#include "storage/time.hpp"

namespace storage {
namespace {

Job job_from(Cursor const& row)
{
    return {governance::CommunityId(row.str(0)), row.str(1), row.str(2), instant(row.integer(3)), row.str(4), row.integer(5), row.str(6)};
}

std::optional<Job> first_due(Database& db, governance::Instant until)
{
    auto rows = db.query("SELECT community, kind, job_key, due_at, payload, attempts, last_error FROM jobs "
                         "WHERE state = 0 AND due_at <= $1 ORDER BY due_at, community, kind, job_key LIMIT 1",
                         {micros(until)});
    return rows.next() ? std::optional(job_from(rows)) : std::nullopt;
}

} // namespace

bool Jobs::arm(Job const& job)
{
    return db_.run("INSERT INTO jobs (community, kind, job_key, due_at, state, attempts, last_error, payload) "
                   "VALUES ($1, $2, $3, $4, 0, 0, '', $5) ON CONFLICT (community, job_key, kind, due_at) DO NOTHING",
                   {job.community.str(), job.kind, job.key, micros(job.due_at), job.payload}) == 1;
}

std::int64_t Jobs::cancel(governance::CommunityId const& community, std::string_view key_prefix)
{
    return db_.run("DELETE FROM jobs WHERE community = $1 AND job_key >= $2 AND job_key <= $3 AND state <> 1",
                   {community.str(), key_prefix, last_with_prefix(key_prefix)});
}

std::optional<Job> Jobs::take_next(governance::Instant until)
{
    while (auto job = first_due(db_, until))
        if (db_.run("UPDATE jobs SET state = 1 WHERE community = $1 AND job_key = $2 AND kind = $3 AND due_at = $4 AND state = 0",
                    {job->community.str(), job->key, job->kind, micros(job->due_at)}) == 1)
            return job; // otherwise another node took it between the two statements
    return std::nullopt;
}

std::optional<governance::Instant> Jobs::next_due()
{
    auto rows = db_.query("SELECT due_at FROM jobs WHERE state = 0 ORDER BY due_at LIMIT 1");
    return rows.next() ? std::optional(instant(rows.integer(0))) : std::nullopt;
}

bool Jobs::failed(Job const& job, std::string_view error, std::int64_t limit)
{
    auto rows =
        db_.query("UPDATE jobs SET attempts = attempts + 1, last_error = $5, state = CASE WHEN attempts + 1 >= $6 THEN 2 ELSE 0 END "
                  "WHERE community = $1 AND job_key = $2 AND kind = $3 AND due_at = $4 AND state = 0 RETURNING state",
                  {job.community.str(), job.key, job.kind, micros(job.due_at), error, limit});
    return rows.next() && rows.integer(0) == 2;
}

std::vector<Job> Jobs::parked(std::int64_t limit)
{
    std::vector<Job> found;
    auto rows = db_.query("SELECT community, kind, job_key, due_at, payload, attempts, last_error FROM jobs "
                          "WHERE state = 2 ORDER BY due_at, community, kind, job_key LIMIT $1",
                          {limit});
    while (rows.next())
        found.push_back(job_from(rows));
    return found;
}

bool Jobs::rearm(Job const& job)
{
    return db_.run(
               "UPDATE jobs SET state = 0, attempts = 0 WHERE community = $1 AND job_key = $2 AND kind = $3 AND due_at = $4 AND state = 2",
               {job.community.str(), job.key, job.kind, micros(job.due_at)}) == 1;
}

std::vector<Job> Jobs::armed(governance::CommunityId const& community, std::string_view key_prefix, std::int64_t limit)
{
    std::vector<Job> found;
    auto rows = db_.query("SELECT community, kind, job_key, due_at, payload, attempts, last_error FROM jobs "
                          "WHERE community = $1 AND job_key >= $2 AND job_key <= $3 AND state = 0 ORDER BY due_at, kind, job_key LIMIT $4",
                          {community.str(), key_prefix, last_with_prefix(key_prefix), limit});
    while (rows.next())
        found.push_back(job_from(rows));
    return found;
}

std::int64_t Jobs::purge(governance::Instant before, std::int64_t limit)
{
    return db_.run("DELETE FROM jobs WHERE (community, job_key, kind, due_at) IN "
                   "(SELECT community, job_key, kind, due_at FROM jobs WHERE state = 1 AND due_at < $1 ORDER BY due_at LIMIT $2)",
                   {micros(before), limit});
}

} // namespace storage
