#include "app/cli/check_command.h"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <vector>

#include "app/cli/columns.h"
#include "app/draw/numbers.h"
#include "app/lessons/lesson_moment.h"
#include "app/session/document_graph.h"
#include "core/gradient_checks.h"

namespace backstep {

namespace {

// Each entry takes some thirty forward passes, so a large network is sampled.
constexpr Index most_entries = 2000;
constexpr std::size_t most_listed = 10;

// What was found about one parameter.
struct CheckFindings {
  std::string name;
  Shape shape;
  Index checked = 0, kinks = 0, differing = 0, no_number = 0;
  double largest_error = 0;              // kinks have no slope to compare with
  std::vector<CheckedEntry> remarkable;  // entries that differ or stand at a kink
};

void add(CheckFindings& findings, const CheckedEntry& checked) {
  const GradientCheck& check = checked.check;
  ++findings.checked;
  findings.kinks += check.verdict == Verdict::kink;
  findings.differing += check.verdict == Verdict::differs;
  findings.no_number += check.verdict == Verdict::no_number;
  if (check.verdict != Verdict::agrees) findings.remarkable.push_back(checked);
  if (check.verdict == Verdict::kink) return;
  const bool comparable = std::isfinite(check.analytic) && std::isfinite(check.numeric);
  const double error = comparable ? check.relative_error : NAN;
  if (std::isnan(error) || error > findings.largest_error) findings.largest_error = error;
}

CheckFindings check_parameter(Nudger& nudger, const Graph& graph, int parameter, Index wanted) {
  const Node& node = graph.node(parameter);
  CheckFindings findings;
  findings.name =
      node.name.empty() ? "param in line " + std::to_string(node.source.line) : node.name;
  findings.shape = node.value.shape;
  for (const CheckedEntry& checked : check_evenly(nudger, parameter, findings.shape, wanted))
    add(findings, checked);
  return findings;
}

// ---- what is printed --------------------------------------------------------------

std::string count_of(Index count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string verdict(const CheckFindings& findings) {
  if (findings.differing > 0)
    return count_of(findings.differing, "entry differs", "entries differ");
  if (findings.no_number > 0) return "the loss is not a number";
  if (findings.kinks == 0) return "agrees";
  return "agrees but for " + count_of(findings.kinks, "kink", "kinks");
}

void print_finding(const CheckFindings& findings, const CheckedEntry& finding) {
  const Index columns = findings.shape.columns;
  std::cout << "  " << findings.name << "[" << finding.entry / columns << ", "
            << finding.entry % columns << "]: ";
  const GradientCheck& check = finding.check;
  if (check.verdict == Verdict::kink)
    std::cout << "a kink: the slope to the left is not the slope to the right, and no mistake\n";
  else
    std::cout << "the chain rule says " << exact_number(check.analytic) << ", nudging says "
              << exact_number(check.numeric) << "\n";
}

void print_findings(const CheckFindings& findings, std::size_t width) {
  std::cout << column(findings.name, width) << column(to_string(findings.shape), 10)
            << column(short_number(findings.largest_error), 24) << verdict(findings);
  if (findings.checked < findings.shape.size())
    std::cout << " (" << findings.checked << " of " << findings.shape.size()
              << " entries, evenly chosen)";
  std::cout << "\n";
  const std::size_t listed = std::min(findings.remarkable.size(), most_listed);
  for (std::size_t i = 0; i < listed; ++i) print_finding(findings, findings.remarkable[i]);
  if (findings.remarkable.size() > listed)
    std::cout << "  and " << findings.remarkable.size() - listed << " more\n";
}

std::size_t width_of_names(const Graph& graph) {
  std::size_t width = 10;
  for (int parameter : graph.parameters())
    width = std::max(width, graph.node(parameter).name.size() + 2);
  return std::min<std::size_t>(width, 30);
}

}  // namespace

int check(const CheckOptions& options) {
  const Document document = document_of(options.file, options.lesson_step);
  graph_of(document);  // says what in the file does not fit
  const Graph graph = graph_maker_of(document)(dataset_of(document).train);
  const auto count = static_cast<Index>(graph.parameters().size());
  if (count == 0) {
    std::cout << "The program has no parameters, so there is nothing to check.\n";
    return 0;
  }
  Nudger nudger(graph);
  const std::size_t width = width_of_names(graph);
  std::cout << column("parameter", width) << column("shape", 10)
            << column("largest relative error", 24) << "verdict\n";
  Index differing = 0;
  for (int parameter : graph.parameters()) {
    const CheckFindings findings = check_parameter(nudger, graph, parameter, most_entries / count);
    print_findings(findings, width);
    differing += findings.differing + findings.no_number > 0;
  }
  if (differing == 0)
    std::cout << "The gradients agree with finite differences.\n";
  else
    std::cout << "The gradients of " << count_of(differing, "parameter", "parameters")
              << " differ from finite differences.\n";
  return differing == 0 ? 0 : 1;
}

}  // namespace backstep
