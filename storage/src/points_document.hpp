#pragma once

#include "matter_documents.hpp"

// The document of a points entry holds all of it but community and number. A name once written stays; a member may only be added.
namespace governance {

template <class A>
void fields(A& a, PointsEntry& v)
{
    matter_fields(a, v);
    a("definition", v.definition);
    a("definition_version", v.definition_version);
    a("state", v.state);
    a("title", v.title);
    a("author", v.author);
    a("author_household", v.author_household);
    a("scope", v.scope);
    a("opened_at", v.opened_at);
    a("state_since", v.state_since);
    a("deadline", v.deadline);
    a("subject_type", v.subject_type);
    a("subject", v.subject);
    a("item_code", v.item_code);
    a("catalogue_version", v.catalogue_version);
    a("declared", v.declared);
    a("posted", v.posted);
    a("cap_reached", v.cap_reached);
    a("occurred_at", v.occurred_at);
    a("cause", v.cause);
    a("evidence", v.evidence);
    a("declared_by", v.declared_by);
    a("declared_household", v.declared_household);
    a("recorded_by", v.recorded_by);
    a("audited_by", v.audited_by);
    a("period", v.period);
    a("warned_at", v.warned_at);
    a("put_right", v.put_right);
    a("posted_at", v.posted_at);
    a("published_at", v.published_at);
    a("appealed_once", v.appealed_once);
    a("panel", v.panel);
    a("reason", v.reason);
    a("reversal_of", v.reversal_of);
    a("reversed_by", v.reversed_by);
}

} // namespace governance

namespace storage::document {

template <>
struct Codec<governance::Points> {
    static json write(governance::Points value) { return value.hundredths(); }
    static void read(json const& from, governance::Points& value)
    {
        value = governance::Points{from.is_number_integer() ? from.get<std::int64_t>() : 0};
    }
};

} // namespace storage::document
