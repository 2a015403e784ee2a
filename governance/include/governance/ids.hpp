#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

/// Identifiers as types: two swapped strings compile, a swapped UnitId and PersonId do not.
namespace governance {

/// A textual identifier given by the roll or by us. Compares bytewise; empty means "none".
template <class Tag>
class TextId {
public:
    TextId() = default;
    explicit TextId(std::string value) : value_(std::move(value)) {}
    [[nodiscard]] std::string const& str() const { return value_; }
    [[nodiscard]] bool empty() const { return value_.empty(); }
    friend auto operator<=>(TextId const&, TextId const&) = default;

private:
    std::string value_;
};

/// A positive number given by us; 0 means "none".
template <class Tag>
class NumberId {
public:
    NumberId() = default;
    explicit NumberId(std::int64_t value) : value_(value) {}
    [[nodiscard]] std::int64_t value() const { return value_; }
    [[nodiscard]] bool empty() const { return value_ == 0; }
    friend auto operator<=>(NumberId const&, NumberId const&) = default;

private:
    std::int64_t value_ = 0;
};

/// A node of the organisation tree: street, community, estate, grid, building, hamlet. Source: domain.md 2.1.
using UnitId = TextId<struct UnitTag>;
/// An urban community or village; also a UnitId in the tree. Offices above it use their own unit's id.
using CommunityId = TextId<struct CommunityTag>;
using HouseholdId = TextId<struct HouseholdTag>;
/// A resident or a member of staff.
using PersonId = TextId<struct PersonTag>;
/// A group chat known to the service, by its id in the district's files (CG-G01), not by a platform's id.
using GroupId = TextId<struct GroupTag>;
/// The short public number of a matter, running per community over all kinds. Source: domain.md 3.1.
using RefNo = NumberId<struct RefNoTag>;

} // namespace governance

template <class Tag>
struct std::hash<governance::TextId<Tag>> {
    std::size_t operator()(governance::TextId<Tag> const& id) const noexcept { return std::hash<std::string>{}(id.str()); }
};

template <class Tag>
struct std::hash<governance::NumberId<Tag>> {
    std::size_t operator()(governance::NumberId<Tag> const& id) const noexcept { return std::hash<std::int64_t>{}(id.value()); }
};
