#include "text/xml_writer.hpp"

#include "text/utf8.hpp"

namespace adapters::text {

XmlWriter& XmlWriter::open(std::string_view name)
{
    out_ += '<';
    out_ += name;
    out_ += '>';
    return *this;
}

XmlWriter& XmlWriter::close(std::string_view name)
{
    out_ += "</";
    out_ += name;
    out_ += '>';
    return *this;
}

XmlWriter& XmlWriter::text(std::string_view name, std::string_view value)
{
    constexpr std::string_view kEnd = "]]>";
    std::string const clean = cleaned(value);
    open(name);
    out_ += "<![CDATA[";
    std::size_t from = 0;
    for (std::size_t at = clean.find(kEnd); at != std::string::npos; at = clean.find(kEnd, from)) {
        out_.append(clean, from, at - from);
        out_ += "]]]]><![CDATA[>";
        from = at + kEnd.size();
    }
    out_.append(clean, from);
    out_ += "]]>";
    return close(name);
}

XmlWriter& XmlWriter::number(std::string_view name, std::int64_t value)
{
    open(name);
    out_ += std::to_string(value);
    return close(name);
}

} // namespace adapters::text
