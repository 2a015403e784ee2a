#pragma once

#include "governance/calendar.hpp"
#include "governance/ids.hpp"
#include "governance/time.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

/// Documents of matters: one description of the fields serves reading and writing. A struct takes part by a free function
/// `template <class Archive> void fields(Archive& a, T& value)` that names each member once: `a("title", value.title);`.
namespace storage::document {

using nlohmann::json;

/// Enumerations are kept by number; their order in the header is part of the schema.
template <class T>
concept Enumeration = std::is_enum_v<T>;

class Writer;
class Reader;

template <class T>
json write(T& value);
template <class T>
void read(json const& from, T& value);

/// Leaves out what is at its default, so that documents stay small.
class Writer {
public:
    static constexpr bool kReads = false;
    template <class T>
    void operator()(char const* name, T& value)
    {
        auto written = write(value);
        if (!is_default(written))
            out_[name] = std::move(written);
    }
    [[nodiscard]] json take() { return std::move(out_); }

private:
    static bool is_default(json const& value)
    {
        return value.is_null() || (value.is_string() && value.get_ref<std::string const&>().empty()) ||
               (value.is_array() && value.empty()) || (value.is_object() && value.empty()) || (value.is_boolean() && !value.get<bool>()) ||
               (value.is_number_integer() && value.get<std::int64_t>() == 0);
    }
    json out_ = json::object();
};

/// What a document does not name is set to zero, false or empty: the Writer leaves just that out.
class Reader {
public:
    static constexpr bool kReads = true;
    explicit Reader(json const& from) : from_(from) {}
    template <class T>
    void operator()(char const* name, T& value)
    {
        auto const found = from_.find(name);
        if (found == from_.end())
            read(json{}, value);
        else
            read(*found, value);
    }

private:
    json const& from_;
};

template <class T>
struct Codec {
    static json write(T& value)
    {
        Writer archive;
        fields(archive, value);
        return archive.take();
    }
    static void read(json const& from, T& value)
    {
        static json const kNothing = json::object();
        Reader archive{from.is_object() ? from : kNothing};
        fields(archive, value);
    }
};

template <>
struct Codec<std::string> {
    static json write(std::string const& value) { return value; }
    static void read(json const& from, std::string& value) { value = from.is_string() ? from.get<std::string>() : std::string{}; }
};

template <class T>
requires std::is_arithmetic_v<T> || Enumeration<T>
struct Codec<T> {
    static json write(T value)
    {
        if constexpr (std::is_same_v<T, bool>)
            return value;
        else
            return static_cast<std::int64_t>(value);
    }
    static void read(json const& from, T& value)
    {
        if constexpr (std::is_same_v<T, bool>)
            value = from.is_boolean() && from.get<bool>();
        else
            value = static_cast<T>(from.is_number_integer() ? from.get<std::int64_t>() : 0);
    }
};

template <class Tag>
struct Codec<governance::TextId<Tag>> {
    static json write(governance::TextId<Tag> const& value) { return value.str(); }
    static void read(json const& from, governance::TextId<Tag>& value)
    {
        value = governance::TextId<Tag>{from.is_string() ? from.get<std::string>() : std::string{}};
    }
};

template <class Tag>
struct Codec<governance::NumberId<Tag>> {
    static json write(governance::NumberId<Tag> const& value) { return value.value(); }
    static void read(json const& from, governance::NumberId<Tag>& value)
    {
        value = governance::NumberId<Tag>{from.is_number_integer() ? from.get<std::int64_t>() : 0};
    }
};

template <>
struct Codec<governance::Instant> {
    static json write(governance::Instant value) { return value.time_since_epoch().count(); }
    static void read(json const& from, governance::Instant& value)
    {
        value = governance::Instant{std::chrono::microseconds{from.is_number_integer() ? from.get<std::int64_t>() : 0}};
    }
};

template <>
struct Codec<governance::LocalDate> {
    static json write(governance::LocalDate value) { return std::chrono::sys_days{value}.time_since_epoch().count(); }
    static void read(json const& from, governance::LocalDate& value)
    {
        value = governance::LocalDate{std::chrono::sys_days{std::chrono::days{from.is_number_integer() ? from.get<std::int64_t>() : 0}}};
    }
};

/// Wrapped, so that an optional zero is told from none.
template <class T>
struct Codec<std::optional<T>> {
    static json write(std::optional<T>& value) { return value ? json::array({document::write(*value)}) : json{}; }
    static void read(json const& from, std::optional<T>& value)
    {
        value.reset();
        if (from.is_array() && !from.empty())
            document::read(from.front(), value.emplace());
    }
};

template <class T>
struct Codec<std::vector<T>> {
    static json write(std::vector<T>& values)
    {
        auto out = json::array();
        for (auto& value : values)
            out.push_back(document::write(value));
        return out;
    }
    static void read(json const& from, std::vector<T>& values)
    {
        values.clear();
        if (from.is_array())
            for (auto const& item : from)
                document::read(item, values.emplace_back());
    }
};

template <class T>
struct Codec<std::set<T>> {
    static json write(std::set<T> const& values)
    {
        auto out = json::array();
        for (auto value : values)
            out.push_back(document::write(value));
        return out;
    }
    static void read(json const& from, std::set<T>& values)
    {
        values.clear();
        if (from.is_array())
            for (auto const& item : from) {
                T value{};
                document::read(item, value);
                values.insert(std::move(value));
            }
    }
};

template <class T>
struct Codec<std::map<std::string, T>> {
    static json write(std::map<std::string, T>& values)
    {
        auto out = json::object();
        for (auto& [key, value] : values)
            out[key] = document::write(value);
        return out;
    }
    static void read(json const& from, std::map<std::string, T>& values)
    {
        values.clear();
        if (from.is_object())
            for (auto const& [key, item] : from.items())
                document::read(item, values[key]);
    }
};

template <class T>
json write(T& value)
{
    return Codec<std::remove_const_t<T>>::write(value);
}

template <class T>
void read(json const& from, T& value)
{
    Codec<T>::read(from, value);
}

} // namespace storage::document
