#include "wecom/errors.hpp"

#include <algorithm>
#include <array>

namespace adapters::wecom {

namespace {

using enum ErrorClass;

// Sorted by code. Sources: wecom.md 5.2; codes that only 4.x and 5.3 list follow their text there.
constexpr auto kTable = std::to_array<ErrorRow>({
    {-1, busy},
    {0, ok},
    {6000, busy},
    {40001, stale_token}, // on get_token: configuration
    {40003, user},
    {40004, payload},
    {40005, payload},
    {40006, payload},
    {40007, payload}, // we send no media of our own; a handle that has run out cannot be fetched again
    {40008, payload},
    {40009, payload},
    {40011, payload},
    {40013, configuration},
    {40014, stale_token},
    {40031, user},
    {40032, payload},
    {40033, payload},
    {40035, payload},
    {40039, payload},
    {40056, configuration},
    {40058, payload},
    {40063, payload},
    {40066, payload},
    {40068, payload},
    {40091, configuration},
    {40093, payload},
    {40201, configuration},
    {40204, configuration},
    {40206, payload},
    {41001, configuration},
    {41002, configuration},
    {41004, configuration},
    {41006, payload},
    {41009, payload},
    {41011, configuration},
    {41016, payload},
    {42001, stale_token},
    {42014, payload},
    {42015, payload},
    {42016, payload},
    {42017, payload},
    {42018, payload},
    {42019, payload},
    {42020, payload},
    {42027, payload},
    {42028, payload},
    {42029, payload},
    {42030, payload},
    {42031, payload},
    {42033, payload},
    {42035, payload},
    {42036, payload},
    {42037, payload},
    {42038, payload},
    {42039, payload},
    {42040, payload},
    {42041, payload},
    {42042, payload},
    {42043, payload},
    {42044, payload},
    {42045, payload},
    {42046, payload},
    {42047, payload},
    {42049, payload},
    {42050, payload},
    {42051, payload},
    {43012, configuration},
    {44001, payload},
    {44004, payload},
    {45001, payload},
    {45002, payload},
    {45007, payload},
    {45008, payload},
    {45009, frequency},
    {45033, busy},
    {46004, user},
    {48001, configuration},
    {48002, configuration},
    {48004, configuration},
    {48005, configuration},
    {48006, configuration},
    {49008, configuration},
    {50001, configuration},
    {50002, user},
    {50003, configuration},
    {60003, payload},
    {60011, user}, // where no receiver is named: configuration
    {60020, configuration},
    {60021, user},
    {60111, user},
    {60123, payload},
    {60140, payload},
    {81013, user},
    {82001, payload},
    {82002, payload},
    {82003, payload},
    {82004, payload},
    {84061, payload},
    {86001, payload},
    {86003, payload},
    {86004, payload},
    {86005, payload},
    {86006, payload},
    {86007, user},
    {86008, configuration},
    {86101, configuration},
    {86201, payload},
    {86207, payload},
    {90501, payload},
    {92000, user},
    {93000, configuration},
    {93004, configuration},
    {93006, configuration},
    {93008, configuration},
    {301002, configuration},
    {301019, payload},
    {301022, busy},
    {301070, busy},
    {830002, payload},
    {846605, payload},
    {846608, payload},
});

} // namespace

std::span<ErrorRow const> error_table()
{
    return kTable;
}

ErrorClass classify(Call call, int errcode)
{
    bool const names_receiver = call == Call::send_message || call == Call::update_card;
    if (errcode == 60011 && !names_receiver)
        return ErrorClass::configuration;
    auto const row =
        std::lower_bound(kTable.begin(), kTable.end(), errcode, [](ErrorRow const& left, int code) { return left.errcode < code; });
    ErrorClass const kind = row != kTable.end() && row->errcode == errcode ? row->kind : ErrorClass::payload;
    // A token's request carries nothing but configuration.
    bool const at_fault = kind == ErrorClass::stale_token || kind == ErrorClass::user || kind == ErrorClass::payload;
    return call == Call::get_token && at_fault ? ErrorClass::configuration : kind;
}

} // namespace adapters::wecom
