#pragma once

#include "perform/announce.hpp"
#include "perform/report_steps.hpp"

/// Whom a step of a report is told to, and in which words.
namespace commands {

/// One step that was taken.
struct CaseStory {
    governance::Case const& before;
    CaseStep const& step;
    StepCall const& call;
    std::string const& occasion; ///< of its journal entry
};

/// Queues every notice of the step, and tells whoever has to act next.
void notify_case(Scene const& scene, CaseStory const& story);

/// What fills the notices of reports.
Params case_params(Scene const& scene, CaseStory const& story, governance::workflow::NoticeOrder const& order);
/// What has to be done next, by whom, until when (N-B05); false when nobody official has to do anything.
bool case_due_params(Scene const& scene, governance::Case const& report, Params& params);
/// Urgent ones pass everything else.
storage::Lane lane_of(governance::Case const& report);
About about_case(governance::Case const& report, std::string occasion);

} // namespace commands
