#include "app/cli/export_command.h"

#include <cassert>

#include "app/cli/output.h"
#include "app/documents/document_graph.h"
#include "app/export/export_formats.h"
#include "app/lessons/lesson_moment.h"
#include "core/engine/passes.h"

namespace backstep {

int export_file(const ExportOptions& options) {
  const ExportFormat* format = find_export_format(options.out);
  assert(format && "the command line refuses other endings");
  Document document = document_of(options.file, options.lesson_step);
  if (options.learning_rate) document.setup.training.learning_rate = *options.learning_rate;
  refuse_to_replace_input(options.out, options.file, document);
  const Graph graph = graph_of(document);  // throws for a mistake in the parameters
  if (format->check) {
    forward_pass(graph);
    format->check(graph);
  }
  Experiment experiment(document.setup);
  Output out(options.out);
  train_and_export(out.stream(), *format, experiment, document.title, options.epochs);
  out.finish();
  return 0;
}

}  // namespace backstep
