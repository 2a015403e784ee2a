#pragma once

#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace adapters::wecom {

/// One callback document, `<xml>…</xml>`. pugixml knows no external entities; declarations are refused before it sees them.
class XmlInput {
public:
    /// Nothing where the document is malformed, too big, nested too deep, or not UTF-8.
    static std::optional<XmlInput> parse(std::string_view xml);

    [[nodiscard]] pugi::xml_node root() const { return document_.child("xml"); }
    /// All text directly inside the first child of that name; empty where there is none.
    [[nodiscard]] std::string text(char const* name) const { return text_of(root().child(name)); }
    [[nodiscard]] bool repeats(char const* name) const;
    /// All text directly inside `node`, sections joined.
    static std::string text_of(pugi::xml_node node);

private:
    pugi::xml_document document_;
};

} // namespace adapters::wecom
