#pragma once

#include <array>
#include <cstdint>
#include <string_view>

/// The classes of words that the rules speak of. Each is a key of the lexicon files; its words stand there and nowhere else.
namespace commands::reader {

// A class with values is a table there (choice.for = [...]), one without is a list.
// clang-format off
#define YIQI_WORD_CLASSES(X)                                                                                                               \
    X(shadow)                                                                                                                              \
    X(negation) X(open_word) X(simile) X(feeling) X(unreal_before) X(unreal_after) X(bystander) X(possessive) X(plain_word) X(simile_end) X(unsayable)  \
    X(urging) X(still) X(hear) X(say) X(fiction) X(advice) X(advert) X(far_away)                                                           \
    X(bound_after)                                                                                                                         \
    X(real_word)                                                                                                                           \
    X(communal)                                                                                                                            \
    X(keyword)                                                                                                                             \
    X(lead_in) X(politeness) X(staff_role) X(choice) X(weak) X(vote_filler) X(intensifier) X(plus_one) X(endorse) X(support) X(undecided)  \
        X(vote_talk) X(denial) X(conditional) X(others_say) X(own_voice) X(proxy_verb) X(kin) X(chain) X(option_verb) X(option_word)       \
            X(change) X(ref_before) X(ref_after) X(not_ref_after) X(date_after) X(question) X(yes) X(no) X(system_line) X(placeholder)     \
                X(forwarded) X(spam) X(joke) X(injection) X(injection_topic) X(sarcasm) X(news) X(past) X(lately) X(long_ago) X(person)    \
                    X(narrated) X(what_now) X(present) X(call_help) X(metaphor) X(drill) X(hypothetical) X(solved) X(thanks) X(almost)     \
                        X(small_question) X(other_subject) X(other_points) X(status_question) X(result_question) X(urge) X(withdraw)       \
                            X(withdraw_target) X(opinion) X(comment_word) X(amend) X(supplement) X(reopen_proposal) X(objection)           \
                                X(objection_outcome) X(list_word) X(list_status) X(matter_word) X(mine) X(mine_kind) X(rate_word)          \
                                    X(score_word) X(score_unit) X(review_word) X(review_decision) X(transfer_target) X(merge_into) X(step) \
                                        X(check_step) X(progress_word) X(case_verb) X(verify_result) X(duplicate) X(dispatch_to)           \
                                            X(escalate_target) X(whistle_level) X(whistle_word) X(respond) X(summon) X(report_word)        \
                                                X(report_strong) X(anonymous) X(trouble_hint) X(wish_new) X(repair_wish) X(new_idea)       \
                                                    X(vague_hint) X(points_word) X(points_query) X(points_declare) X(points_rules)         \
                                                        X(points_appeal) X(points_subject) X(rank_word) X(rank_scope) X(shop_word)         \
                                                            X(redeem_verb) X(measure) X(deed) X(red_list) X(black_list) X(both_lists)      \
                                                                X(award_question) X(disclosure) X(disclosure_hint) X(bulletin_word) X(     \
                                                                    bulletin_count) X(category_name) X(sunshine_ask) X(sunshine_answer)    \
                                                                    X(sunshine_mode) X(service_word) X(service_wish) X(service_task)       \
                                                                        X(mediation_word) X(mediation_wish) X(quarrel) X(volunteer_word)   \
                                                                            X(volunteer_wish) X(not_volunteer) X(task_word) X(task_list)   \
                                                                                X(star_word) X(self_score) X(help_word) X(help_topic)      \
                                                                                    X(how_to) X(bind_word) X(name_intro) X(human_word)     \
                                                                                        X(human_wish) X(notice) X(first_wish) X(look_up)   \
                                                                                            X(period_word) X(period_unit)                  \
                                                                                                X(date_word) X(day_part) X(place_word)     \
                                                                                                    X(place_suffix) X(home)                \
                                                                                                        X(speaker_home) X(building_word)   \
                                                                                                            X(unit_word) X(room_word)      \
                                                                                                                X(grid_word) X(road_word) X(road_part) X(no_road_name) X(form_label)

// clang-format on

enum class W : std::uint16_t {
#define YIQI_ENUMERATOR(name) name,
    YIQI_WORD_CLASSES(YIQI_ENUMERATOR)
#undef YIQI_ENUMERATOR
        count_
};

inline constexpr std::array kWordClassNames{
#define YIQI_NAME(name) std::string_view{#name},
    YIQI_WORD_CLASSES(YIQI_NAME)
#undef YIQI_NAME
};

} // namespace commands::reader
