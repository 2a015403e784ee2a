#include "storage/playground.hpp"

#include "storage/settings.hpp"
#include "storage/time.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace storage {
namespace {

constexpr std::array<std::string_view, 5> kKinds = {"said", "clicked", "reply", "push", "update"};

#define YIQI_PLAYGROUND_COLUMNS "id, at, kind, chat_id, user_id, text, quote, picture, payload"

std::string_view word(PlaygroundLineKind kind)
{
    return kKinds[static_cast<std::size_t>(kind)];
}

PlaygroundLineKind kind_of(std::string_view text)
{
    auto const found = std::find(kKinds.begin(), kKinds.end(), text);
    if (found == kKinds.end())
        throw std::runtime_error("unknown kind of playground line");
    return static_cast<PlaygroundLineKind>(found - kKinds.begin());
}

std::vector<PlaygroundLine> read_lines(Cursor rows)
{
    std::vector<PlaygroundLine> lines;
    while (rows.next())
        lines.push_back({rows.integer(0), instant(rows.integer(1)), kind_of(rows.text(2)), rows.str(3), rows.str(4), rows.str(5),
                         rows.str(6), rows.integer(7), rows.str(8)});
    return lines;
}

} // namespace

std::optional<std::int64_t> PlaygroundChats::add(PlaygroundLine const& line, std::string_view dedup_key)
{
    Bind const key = dedup_key.empty() ? Bind(nullptr) : Bind(dedup_key);
    auto const id = Numbers(db_).next({}, "playground_line");
    auto rows = db_.query(
        "INSERT INTO playground_line (" YIQI_PLAYGROUND_COLUMNS ", dedup_key) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (dedup_key) DO NOTHING RETURNING id",
        {id, micros(line.at), word(line.kind), line.chat_id, line.user_id, line.text, line.quote, line.picture, line.payload, key});
    return rows.next() ? std::optional(rows.integer(0)) : std::nullopt;
}

std::vector<PlaygroundLine> PlaygroundChats::after(Filter const& filter, std::int64_t after, std::int64_t limit)
{
    if (!filter.chat_id.empty())
        return read_lines(db_.query("SELECT " YIQI_PLAYGROUND_COLUMNS
                                    " FROM playground_line WHERE chat_id = $1 AND id > $2 ORDER BY id LIMIT $3",
                                    {filter.chat_id, after, limit}));
    if (!filter.user_id.empty())
        return read_lines(db_.query("SELECT " YIQI_PLAYGROUND_COLUMNS
                                    " FROM playground_line WHERE chat_id = '' AND user_id = $1 AND id > $2 ORDER BY id LIMIT $3",
                                    {filter.user_id, after, limit}));
    return read_lines(
        db_.query("SELECT " YIQI_PLAYGROUND_COLUMNS " FROM playground_line WHERE id > $1 ORDER BY id LIMIT $2", {after, limit}));
}

std::vector<PlaygroundLine> PlaygroundChats::newest(Filter const& filter, std::int64_t before, std::int64_t limit)
{
    auto const below = before > 0 ? before : INT64_MAX;
    std::vector<PlaygroundLine> lines;
    if (!filter.chat_id.empty())
        lines = read_lines(db_.query("SELECT " YIQI_PLAYGROUND_COLUMNS
                                     " FROM playground_line WHERE chat_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
                                     {filter.chat_id, below, limit}));
    else if (!filter.user_id.empty())
        lines = read_lines(db_.query("SELECT " YIQI_PLAYGROUND_COLUMNS
                                     " FROM playground_line WHERE chat_id = '' AND user_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
                                     {filter.user_id, below, limit}));
    else
        lines = read_lines(
            db_.query("SELECT " YIQI_PLAYGROUND_COLUMNS " FROM playground_line WHERE id < $1 ORDER BY id DESC LIMIT $2", {below, limit}));
    std::reverse(lines.begin(), lines.end());
    return lines;
}

std::int64_t PlaygroundChats::add_picture(PlaygroundPicture const& picture)
{
    auto const id = Numbers(db_).next({}, "playground_picture");
    db_.run("INSERT INTO playground_picture (id, content_type, base64) VALUES ($1, $2, $3)", {id, picture.content_type, picture.base64});
    return id;
}

std::optional<PlaygroundPicture> PlaygroundChats::picture(std::int64_t id)
{
    auto rows = db_.query("SELECT content_type, base64 FROM playground_picture WHERE id = $1", {id});
    return rows.next() ? std::optional(PlaygroundPicture{rows.str(0), rows.str(1)}) : std::nullopt;
}

} // namespace storage
