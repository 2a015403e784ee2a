#pragma once

#include "adapters/chat/message.hpp"
#include "text/json_writer.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Template cards of wecom.md 3B and 4.4.
namespace adapters::wecom {

/// Who shows the card; the lengths differ. Lengths are characters; longer texts are cut with "…", as the client would fold them anyway.
struct CardLimits {
    std::size_t title;
    std::size_t description;
    std::size_t body;
    std::size_t value;
    std::size_t option;
};
inline constexpr CardLimits kAppLimits{36, 44, 160, 30, 17};
inline constexpr CardLimits kRobotLimits{26, 30, 112, 26, 11};
inline constexpr std::size_t kMaxLabelChars = 5;
inline constexpr std::size_t kMaxButtonChars = 10;

/// Whether WeCom can show `card` as one: ids and keys legal and unique, counts within limits, a link where one is required. A card that
/// is not showable goes out as its fallback text.
bool is_showable(chat::Card const& card);

/// Whether `id` may name a card: 1 to 128 of `[0-9A-Za-z_\-@]`.
bool is_task_id(std::string_view id);

/// The facts that a card has room for; one without a label is refused by the platform and left out.
std::vector<std::pair<std::string, std::string>> shown_facts(chat::Card const& card);

/// Second line of a choice, which has no room for more: its body, else its facts in a row.
std::string description_of(chat::Card const& card);

/// The `template_card` member of a message. `card` must be showable.
void write_card(text::JsonWriter& out, chat::Card const& card, CardLimits const& limits);

/// How a clicked card looks afterwards, to the one who clicked.
struct Clicked {
    std::string task_id;
    std::string key;              ///< of the button pressed
    std::set<std::string> picked; ///< option ids
    std::string text;             ///< what took the place of the buttons
};

/// The `template_card` member of a robot's update. It has no `replace_text` (wecom.md 3B), so the text shows as second line and on the
/// one button that is left; a choice is frozen.
void write_clicked_card(text::JsonWriter& out, chat::Card const& card, Clicked const& clicked);

/// The `TemplateCard` element of an app's passive update.
std::string clicked_card_xml(chat::Card const& card, Clicked const& clicked);

} // namespace adapters::wecom
