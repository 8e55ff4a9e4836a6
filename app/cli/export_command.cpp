#include "app/cli/export_command.h"

#include "app/cli/output.h"
#include "app/documents/document_graph.h"
#include "app/export/derivation.h"
#include "app/export/metrics.h"
#include "app/export/pytorch.h"
#include "app/lessons/lesson_moment.h"
#include "core/engine/passes.h"

namespace backstep {

namespace {

void write(std::ostream& out, const std::string& ending, const Document& document,
           Experiment& experiment, long epochs) {
  if (ending == ".csv") return write_metrics(out, experiment, epochs);
  experiment.work(epochs, Deadline::never());
  if (ending == ".py") {
    out << pytorch_script(experiment, document.title, epochs);
    return;
  }
  // The pass that comes next.
  Timeline& timeline = experiment.timeline();
  timeline.seek({epochs * timeline.batches().per_epoch(), 0});
  out << derivation(timeline, program_of(document.setup), document.title);
}

}  // namespace

bool is_export_name(const std::filesystem::path& out) {
  const std::string ending = out.extension().string();
  return ending == ".py" || ending == ".md" || ending == ".csv";
}

int export_file(const ExportOptions& options) {
  Document document = document_of(options.file, options.lesson_step);
  if (options.learning_rate) document.setup.training.learning_rate = *options.learning_rate;
  refuse_to_replace_input(options.out, options.file, document);
  const Graph graph = graph_of(document);  // answers a mistake in the parameters
  const std::string ending = options.out.extension().string();
  if (ending == ".py") {
    forward_pass(graph);
    check_for_pytorch(graph);
  }
  Experiment experiment(document.setup);
  Output out(options.out);
  write(out.stream(), ending, document, experiment, options.epochs);
  out.finish();
  return 0;
}

}  // namespace backstep
