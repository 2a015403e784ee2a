#include "reader/forms.hpp"

namespace commands::reader {

std::vector<FormLine> form_lines(View const& v)
{
    std::vector<FormLine> lines;
    for (auto const& hit : v.all(W::form_label)) {
        bool const line_start =
            hit.begin == 0 || v.at(hit.begin - 1) == U'\n' || v.at(hit.begin - 1) == U';' || v.at(hit.begin - 1) == U' ';
        if (!line_start || v.at(hit.end) != U':')
            continue;
        auto end = hit.end + 1;
        while (end < v.size() && v.s.match[end] != U'\n' && v.s.match[end] != U';')
            ++end;
        lines.push_back({v.value(&hit), {hit.end + 1, end}});
    }
    return lines;
}

Reading report_of(View const& v, std::vector<Span> cut)
{
    auto r = execute(Intent::report_create);
    auto const* rule = v.s.category;
    bool const new_thing = !rule && v.has(W::new_idea);
    r.args.set("category", rule ? std::string_view(rule->category) : std::string_view("other"));
    r.args.set("subcategory", rule        ? std::string_view(rule->subcategory)
                              : new_thing ? std::string_view("suggestion")
                                          : std::string_view("unknown"));
    auto const urgency = rule ? v.s.urgency : Urgency::normal;
    r.args.set("urgency", urgency == Urgency::critical ? std::string_view("critical")
                          : urgency == Urgency::urgent ? std::string_view("urgent")
                                                       : std::string_view("normal"));
    Address address = v.s.address;
    bool impossible = v.s.impossible_place;
    for (auto const& line : form_lines(v))
        if (line.label == "place") {
            auto const place = place_of(v.s, v.places, line.value.begin, line.value.end);
            if (!is_empty(place.address)) {
                address = place.address;
                impossible = place.impossible;
            }
        }
    bool const placed = !is_empty(address);
    if (placed)
        r.args.set("address", ArgValue{std::move(address)});
    set_text(r, "text", v.text_without(std::move(cut)));
    if (v.has(W::anonymous))
        r.args.set("anonymous", ArgValue{true});
    bool const needs_place = rule && urgency != Urgency::critical && rule->category != "integrity" && rule->category != "other";
    if ((needs_place && !placed) || (impossible && urgency != Urgency::critical)) {
        r.mode = Mode::clarify;
        r.missing.push_back("address");
    }
    return r;
}

} // namespace commands::reader
