#include "reader/lost_meaning.hpp"
#include "reader/rules.hpp"

#include <algorithm>
#include <array>

namespace commands::reader {

namespace {

/// A class of words and how much one of them weighs.
struct Sign {
    W cls;
    int weight;
};

// What makes a danger told of elsewhere, once or only in thought outweighs its plain words; a call for help with a place outweighs a doubt.
constexpr std::array kElsewhere{
    Sign{W::news, 4},   Sign{W::fiction, 4}, Sign{W::drill, 4},    Sign{W::metaphor, 4}, Sign{W::long_ago, 4},
    Sign{W::almost, 4}, Sign{W::advert, 4},  Sign{W::far_away, 2}, Sign{W::sarcasm, 2},
};
/// Counted only in the clause of the danger and the one before it.
constexpr std::array kNearby{Sign{W::hypothetical, 3}, Sign{W::advice, 3}};
constexpr int kJoke = 4;
constexpr int kSolved = 4;
constexpr int kHearsay = 4;
constexpr int kPast = 2;
constexpr int kQuestion = 1;
constexpr int kCall = 3;
constexpr int kUrging = 2;
constexpr std::uint32_t kLongTale = 60;
constexpr std::uint32_t kReachOfHearing = 7;

class Weighing {
public:
    explicit Weighing(View const& v) : v_(v), lost_(v.s) {}

    [[nodiscard]] int sum() const { return pro() - against(); }

private:
    [[nodiscard]] bool placed() const { return !is_empty(v_.s.address); }

    /// A word of the class that is not denied (不是演习).
    [[nodiscard]] Hit const* meant(W cls) const
    {
        if (!v_.has(cls))
            return nullptr;
        for (auto const& hit : v_.s.hits)
            if (static_cast<W>(hit.cls) == cls && !lost_.denied(hit))
                return &hit;
        return nullptr;
    }

    /// 不是演习, 不是开玩笑.
    [[nodiscard]] bool insists() const { return (v_.has(W::drill) && !meant(W::drill)) || (v_.has(W::joke) && !meant(W::joke)); }

    [[nodiscard]] int pro() const
    {
        bool const told = meant(W::news) || meant(W::fiction) || meant(W::drill) || meant(W::metaphor) || jokes() || supposed();
        int weight = placed() ? 1 : 0;
        weight += v_.has(W::call_help) && !told ? kCall : 0;
        weight += v_.has(W::urging) && !told ? kUrging : 0;
        weight += v_.has_any({W::present, W::still}) ? 1 : 0;
        weight += v_.s.match.find(U'!') != std::u32string::npos ? 1 : 0;
        weight += insists() ? 2 : 0;
        return weight;
    }

    /// 如果有人触电，先断电再救人: the call belongs to what is only supposed. With a place named it is a call.
    [[nodiscard]] bool supposed() const
    {
        auto const here = [&](Sign const& sign) { return v_.has_in(sign.cls, around_danger()); };
        return v_.s.danger && !placed() && std::any_of(kNearby.begin(), kNearby.end(), here);
    }

    [[nodiscard]] bool jokes() const { return meant(W::joke) && !v_.has(W::report_strong); }

    [[nodiscard]] int against() const
    {
        int weight = 0;
        for (auto const& sign : kElsewhere)
            weight += meant(sign.cls) ? sign.weight : 0;
        for (auto const& sign : kNearby)
            weight += v_.has_in(sign.cls, around_danger()) ? sign.weight : 0;
        weight += jokes() ? kJoke : 0;
        weight += over() ? kSolved : 0;
        weight += hearsay() ? kHearsay : 0;
        weight += past() ? kPast : 0;
        weight += v_.has(W::small_question) ? kQuestion : 0;
        weight += wonders() ? 1 : 0;
        weight += v_.size() > kLongTale && !placed() && !v_.has_any({W::call_help, W::urging}) ? 1 : 0;
        return weight;
    }

    /// The clause of the danger and the one before: a condition stands in front of what it is about.
    [[nodiscard]] Span around_danger() const
    {
        auto const clause = v_.clause(v_.s.danger_span.begin);
        auto const before = clause.begin > 1 ? v_.clause(clause.begin - 2).begin : clause.begin;
        auto const last = v_.s.danger_span.end > 0 ? v_.s.danger_span.end - 1 : 0;
        return {before, std::max(clause.end, v_.clause(last).end)};
    }

    /// Something goes on after `pos`: what is said last counts.
    [[nodiscard]] bool goes_on_after(std::uint32_t pos) const { return v_.first(W::still, {pos, v_.size()}) != nullptr; }

    /// 电梯关了人，放出来了，现在早好了: what is said last counts.
    [[nodiscard]] bool over() const
    {
        auto const all = v_.all(W::solved);
        auto const last = std::find_if(all.rbegin(), all.rend(), [&](Hit const& hit) { return !lost_.denied(hit); });
        return last != all.rend() && !goes_on_after(last->end);
    }

    [[nodiscard]] bool past() const
    {
        if (v_.has(W::past) && !v_.has_any({W::present, W::still, W::call_help}))
            return true;
        auto const* lately = v_.first(W::lately);
        bool const lasting = v_.s.danger && v_.s.danger->lasting;
        return lately && !lasting && !goes_on_after(lately->end) && !v_.has_any({W::call_help, W::present});
    }

    /// 听我姑说 ...: somebody between the hearing and the saying, who is not the speaker.
    [[nodiscard]] bool hearsay() const
    {
        auto const* ear = v_.first(W::hear);
        if (!ear || v_.value(ear) != "tale")
            return false;
        auto const* mouth = v_.first(W::say, {ear->end, std::min(v_.size(), ear->end + kReachOfHearing)});
        return mouth && v_.has_in(W::person, {ear->end, mouth->begin});
    }

    /// 着火了怎么办 with no place named.
    [[nodiscard]] bool wonders() const
    {
        return v_.has(W::what_now) && !placed() && !v_.has_any({W::call_help, W::urging, W::present, W::person, W::own_voice});
    }

    View const& v_;
    LostMeaning lost_;
};

} // namespace

int here_and_now(View const& v)
{
    return Weighing(v).sum();
}

bool not_here_and_now(View const& v)
{
    return here_and_now(v) < 0;
}

} // namespace commands::reader
