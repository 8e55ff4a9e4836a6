#include "core/doctor/doctor.h"

#include <algorithm>
#include <cmath>

#include "core/base/number_words.h"
#include "core/base/text.h"
#include "core/doctor/doctor_chart.h"
#include "core/engine/passes.h"

namespace backstep {

namespace {

struct Row {
  Ailment ailment;
  const char* name;   // in tests and files
  const char* title;  // behind the name of a run: "sigmoid: gradients vanish"
  std::optional<Finding> (*test)(const Chart&);
  std::vector<Ailment> explained_by;  // with one of these found, this is no news
};

using enum Ailment;

// The worst first.
const std::vector<Row>& ailment_table() {
  static const std::vector<Row> rows = {
      {not_finite, "not_finite", "not finite", test_not_finite, {}},
      {never_zeroed, "never_zeroed", "gradients are never zeroed", test_never_zeroed, {}},
      {rate_too_high,
       "rate_too_high",
       "learning rate too high",
       test_rate_too_high,
       {not_finite, never_zeroed}},
      {exploding, "exploding", "gradients explode", test_exploding, {not_finite}},
      {vanishing, "vanishing", "gradients vanish", test_vanishing, {not_finite}},
      {dead_relus, "dead_relus", "neurons are dead", test_dead_relus, {not_finite}},
      {saturated, "saturated", "neurons are saturated", test_saturated, {not_finite}},
      {rate_too_low,
       "rate_too_low",
       "learning rate too low",
       test_rate_too_low,
       {not_finite, never_zeroed, vanishing, dead_relus, saturated}},
      {stuck,
       "stuck",
       "the loss is stuck",
       test_stuck,
       {not_finite, never_zeroed, exploding, vanishing, dead_relus, saturated, rate_too_high,
        rate_too_low}},
      {wild_scales, "wild_scales", "features on wild scales", test_wild_scales, {}},
      {rare_class, "rare_class", "one class is rare", test_rare_class, {}},
  };
  return rows;
}

// ---- of a healthy run -------------------------------------------------------

std::string spread_remark(const Chart& chart) {
  if (chart.layers.size() < 2) return "";
  const auto [least, most] = std::minmax_element(chart.norms.begin(), chart.norms.end());
  if (!(*least > 0)) return "";
  const double factor = *most / *least;
  return capitalised(chart.layer_words(chart.layers.front())) + " to " +
         chart.layer_words(chart.layers.back()) + " within a factor of " +
         (factor < 100 ? std::to_string(std::lround(std::ceil(factor))) : two_digits(factor)) + ".";
}

std::string neuron_remark(const Chart& chart) {
  if (chart.stats.empty()) return "";
  const auto all = static_cast<double>(chart.neurons());
  const auto count = [&](double share) { return std::lround(share * all); };
  const std::string of_all = " of " + grouped(chart.neurons()) + " neurons ";
  if (const long dead = count(chart.dead_share()); dead > 0)
    return grouped(dead) + of_all + (dead == 1 ? "never fires" : "never fire") + " on this data.";
  if (const long full = count(chart.saturated_share()); full > 0)
    return grouped(full) + of_all + (full == 1 ? "is" : "are") + " saturated.";
  const Op* activation = chart.activation();
  return activation && activation->can_die ? "Every neuron fires." : "No neuron saturated.";
}

}  // namespace

const char* name_of(Ailment ailment) {
  return std::find_if(ailment_table().begin(), ailment_table().end(),
                      [&](const Row& row) { return row.ailment == ailment; })
      ->name;
}

Diagnosis diagnose(const Patient& patient) {
  const Chart chart(patient);
  Diagnosis diagnosis;
  for (const Row& row : ailment_table()) {
    const bool explained = std::any_of(
        diagnosis.findings.begin(), diagnosis.findings.end(), [&](const Finding& before) {
          return std::count(row.explained_by.begin(), row.explained_by.end(), before.ailment);
        });
    if (explained) continue;
    std::optional<Finding> finding = row.test(chart);
    if (!finding) continue;
    finding->title = row.title;
    diagnosis.findings.push_back(std::move(*finding));
  }
  if (!diagnosis.healthy()) return diagnosis;
  for (std::string remark : {spread_remark(chart), neuron_remark(chart)})
    if (!remark.empty()) diagnosis.remarks.push_back(std::move(remark));
  return diagnosis;
}

Diagnosis diagnose(Experiment& experiment) {
  FullSetPass examination(experiment.timeline(), experiment.make(), experiment.data());
  examination.begin(experiment.timeline().graph());
  examination.work(Deadline::never());
  return diagnose(
      {experiment.setup(), experiment.data(), examination.graph(), experiment.trainer().history()});
}

}  // namespace backstep
