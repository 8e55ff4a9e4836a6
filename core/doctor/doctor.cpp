#include "core/doctor/doctor.h"

#include <algorithm>
#include <cmath>

#include "core/base/number_words.h"
#include "core/base/text.h"
#include "core/doctor/doctor_chart.h"
#include "core/engine/passes.h"

namespace backstep {

namespace {

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

bool is_explained(const Ailment& row, const Diagnosis& diagnosis) {
  return std::any_of(
      diagnosis.findings.begin(), diagnosis.findings.end(), [&](const Finding& finding) {
        return std::count(row.explained_by.begin(), row.explained_by.end(), finding.ailment) > 0;
      });
}

}  // namespace

const std::vector<Ailment>& all_ailments() {
  static const std::vector<Ailment> table = [] {
    std::vector<Ailment> rows;
    for (const auto part :
         {ailments_of_numbers, ailments_of_gradients, ailments_of_training, ailments_of_data})
      for (const Ailment& row : part()) rows.push_back(row);
    std::stable_sort(rows.begin(), rows.end(), [](const Ailment& first, const Ailment& second) {
      return first.place < second.place;
    });
    return rows;
  }();
  return table;
}

Diagnosis diagnose(const Patient& patient) {
  const Chart chart(patient);
  Diagnosis diagnosis;
  for (const Ailment& row : all_ailments()) {
    if (is_explained(row, diagnosis)) continue;
    std::optional<Finding> finding = row.test(chart);
    if (!finding) continue;
    finding->ailment = row.name;
    finding->title = row.title;
    finding->verdict = row.verdict ? row.verdict : row.title;
    finding->is_error = row.is_error;
    diagnosis.findings.push_back(std::move(*finding));
  }
  if (!diagnosis.healthy()) return diagnosis;
  for (std::string remark : {spread_remark(chart), neuron_remark(chart)})
    if (!remark.empty()) diagnosis.remarks.push_back(std::move(remark));
  return diagnosis;
}

Diagnosis diagnose(Experiment& experiment) {
  FullSetPass pass(experiment.timeline(), experiment.make(), experiment.data());
  pass.begin(experiment.timeline().graph());
  pass.work(Deadline::never());
  return diagnose(
      {experiment.setup(), experiment.data(), pass.graph(), experiment.trainer().history()});
}

}  // namespace backstep
