#include "app/cli/check_command.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <limits>
#include <vector>

#include "app/cli/columns.h"
#include "app/documents/document_graph.h"
#include "app/explain/check_summary.h"
#include "app/lessons/lesson_moment.h"
#include "app/paint/numbers.h"
#include "core/base/number_words.h"
#include "core/base/text.h"
#include "core/proofs/gradient_checks.h"

namespace backstep {

namespace {

constexpr std::size_t most_listed = 10;
constexpr double seconds_between_signs = 0.2;

// Runs all checks, and shows the progress when a person waits at a terminal.
void work_out(GradientChecks& checks) {
  const bool shows = isatty(STDERR_FILENO);
  bool has_shown = false;
  while (!checks.work(Deadline::in(seconds_between_signs))) {
    if (!shows) continue;
    has_shown = true;
    std::cerr << "\rnudging entry " << grouped(static_cast<long>(checks.done() + 1)) << " of "
              << grouped(static_cast<long>(checks.total())) << " … " << std::flush;
  }
  if (has_shown) std::cerr << "\r\033[K" << std::flush;
}

std::string name_of_parameter(const Graph& graph, int parameter) {
  const Node& node = graph.node(parameter);
  return node.name.empty() ? "param in line " + std::to_string(node.source.line) : node.name;
}

std::size_t width_of_names(const Graph& graph) {
  std::size_t width = 10;
  for (int parameter : graph.parameters())
    width = std::max(width, graph.node(parameter).name.size() + 2);
  return std::min<std::size_t>(width, 30);
}

// Lists the entries of a parameter whose verdict is another than that they agree.
void print_entries(const Graph& graph, const GradientChecks& checks, int parameter) {
  const Index columns = graph.node(parameter).value.shape.columns;
  std::size_t found = 0;
  for (const CheckedEntry& checked : checks.all()) {
    if (checked.parameter != parameter || checked.check.verdict == Verdict::agrees) continue;
    if (++found > most_listed) continue;
    std::cout << "  " << name_of_parameter(graph, parameter) << "[" << checked.entry / columns
              << ", " << checked.entry % columns << "]: " << check_words(checked.check) << "\n";
  }
  if (found > most_listed) std::cout << "  and " << found - most_listed << " more\n";
}

void print(const Graph& graph, const GradientChecks& checks) {
  const std::size_t width = width_of_names(graph);
  std::cout << column("parameter", width) << column("shape", 10)
            << column("largest relative error", 24) << "verdict\n";
  for (const CheckedParameter& row : summary_of(checks)) {
    const Shape shape = graph.node(row.parameter).value.shape;
    const std::string error = std::isnan(row.largest_error) ? "–" : short_number(row.largest_error);
    std::cout << column(name_of_parameter(graph, row.parameter), width)
              << column(to_string(shape), 10) << column(error, 24) << verdict_words(row);
    if (const std::string share = share_words(row, shape); !share.empty())
      std::cout << " (" << share << " entries, evenly chosen)";
    std::cout << "\n";
    print_entries(graph, checks, row.parameter);
  }
}

std::string conclusion(const GradientChecks& checks) {
  if (!checks.all().empty() && checks.all()[0].check.unclear == Unclear::loss_not_finite)
    return "The loss is not a number, so there is nothing to compare.";
  const auto rows = summary_of(checks);
  const auto differing = std::count_if(rows.begin(), rows.end(), [](const CheckedParameter& row) {
    return row.of(Verdict::differs) > 0;
  });
  if (differing > 0)
    return text("The gradients of {} from finite differences.",
                counted(differing, "parameter differs", "parameters differ"));
  const std::size_t unknown = checks.count(Verdict::unresolved) + checks.count(Verdict::no_number);
  if (unknown == checks.total()) return "No entry can be nudged here, so nothing is compared.";
  if (unknown > 0)
    return text(
        "The gradients agree with finite differences but for {} where there is nothing to compare.",
        counted(static_cast<long>(unknown), "entry", "entries"));
  return "The gradients agree with finite differences.";
}

}  // namespace

int check(const CheckOptions& options) {
  const Document document = document_of(options.file, options.lesson_step);
  graph_of(document);                            // says what in the file does not fit
  long rows = std::numeric_limits<long>::max();  // or as many as memory allows
  const Graph graph =
      graph_that_fits(graph_maker_of(document.setup), dataset_of(document.setup).train, rows);
  if (graph.parameters().empty()) {
    std::cout << "The program has no parameters, so there is nothing to check.\n";
    return 0;
  }
  GradientChecks checks(graph);
  work_out(checks);
  print(graph, checks);
  std::cout << conclusion(checks) << "\n";
  const bool has_loss = checks.all()[0].check.unclear != Unclear::loss_not_finite;
  return has_loss && checks.count(Verdict::differs) == 0 ? 0 : 1;
}

}  // namespace backstep
