#include "bot/procedure_clock.hpp"

#include "storage/settings.hpp"

#include <charconv>
#include <string>
#include <utility>

namespace bot {
namespace {

constexpr std::string_view kOffsetName = "procedure_clock_offset_us";

} // namespace

ProcedureClock::ProcedureClock(Machine machine) : machine_(std::move(machine)) {}

governance::Instant ProcedureClock::machine_time()
{
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

governance::Instant ProcedureClock::now() const
{
    return machine_() + std::chrono::microseconds(offset_us_.load());
}

std::optional<std::chrono::microseconds> ProcedureClock::stored(storage::Database& db)
{
    auto const text = storage::Settings(db).get({}, kOffsetName);
    if (!text)
        return std::nullopt;
    std::int64_t offset = 0;
    std::from_chars(text->data(), text->data() + text->size(), offset);
    return std::chrono::microseconds(offset);
}

void ProcedureClock::begin_with(storage::Database& db, std::chrono::microseconds first_offset)
{
    auto const offset = stored(db);
    if (!offset)
        storage::Settings(db).set({}, kOffsetName, std::to_string(first_offset.count()));
    offset_us_ = offset.value_or(first_offset).count();
}

void ProcedureClock::begin(storage::Database& db)
{
    begin_with(db, std::chrono::microseconds(0));
}

void ProcedureClock::begin_at(storage::Database& db, governance::Instant start)
{
    begin_with(db, start - machine_());
}

std::chrono::microseconds ProcedureClock::move_to(storage::Database& db, governance::Instant at) const
{
    auto const kept = stored(db).value_or(std::chrono::microseconds(0));
    auto const wanted = at - machine_();
    if (wanted <= kept)
        return kept;
    storage::Settings(db).set({}, kOffsetName, std::to_string(wanted.count()));
    return wanted;
}

void ProcedureClock::adopt(std::chrono::microseconds offset)
{
    auto known = offset_us_.load();
    while (known < offset.count() && !offset_us_.compare_exchange_weak(known, offset.count())) {
    }
}

} // namespace bot
