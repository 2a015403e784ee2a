#include "wecom/xml_input.hpp"

#include "text/shape.hpp"
#include "text/utf8.hpp"
#include "wecom/inbound.hpp"

namespace adapters::wecom {

std::optional<XmlInput> XmlInput::parse(std::string_view xml)
{
    constexpr std::size_t kMaxDepth = 8; // SelectedItems needs five
    constexpr std::size_t kMaxElements = 1000;
    if (xml.size() > kMaxBodyBytes || !text::xml_shape_within(xml, kMaxDepth, kMaxElements) || !text::is_utf8(xml))
        return std::nullopt;
    std::optional<XmlInput> input(std::in_place);
    auto const parsed = input->document_.load_buffer(xml.data(), xml.size(), pugi::parse_default, pugi::encoding_utf8);
    if (!parsed || !input->root())
        return std::nullopt;
    return input;
}

bool XmlInput::repeats(char const* name) const
{
    return !root().child(name).next_sibling(name).empty();
}

std::string XmlInput::text_of(pugi::xml_node node)
{
    std::string text;
    for (pugi::xml_node const child : node.children()) {
        if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata)
            text += child.value();
    }
    return text;
}

} // namespace adapters::wecom
