#include "app/export/pytorch.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "app/export/pytorch_ops.h"
#include "app/export/pytorch_parts.h"
#include "app/export/whole_pass.h"
#include "app/paint/numbers.h"
#include "core/base/text.h"
#include "core/ops/op_table.h"
#include "core/program/program.h"

namespace backstep {

namespace {

// ---- numbers in Python ------------------------------------------------------------

constexpr std::size_t longest_code_line = 90;

std::string python_number(double number) {
  if (number == 0 && std::signbit(number)) return "-0.0";  // -0 is an integer, and 0
  return exact_number(number);                             // inf and nan are imported
}

// A Python string: names in a session may hold quotes, and must stay text.
std::string python_text(const std::string& text) {
  std::string quoted = "\"";
  for (char c : text) {
    if (static_cast<unsigned char>(c) < 0x20) {
      quoted += std::string("\\x") + "0123456789abcdef"[c / 16] + "0123456789abcdef"[c % 16];
      continue;
    }
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

// [[0.4], [0.6]]; a long matrix has a line for each row.
std::string python_rows(const Matrix& matrix, std::size_t indent) {
  std::vector<std::string> rows;
  std::size_t length = 0;
  for (Index row = 0; row < matrix.shape.rows; ++row) {
    std::string text = "[";
    for (Index column = 0; column < matrix.shape.columns; ++column)
      text += (column ? ", " : "") +
              python_number(
                  matrix.entries[static_cast<std::size_t>(row * matrix.shape.columns + column)]);
    rows.push_back(text + "]");
    length += rows.back().size() + 2;
  }
  const std::string between =
      indent + length < longest_code_line ? ", " : ",\n" + std::string(indent + 1, ' ');
  std::string text;
  for (const std::string& row : rows) text += (text.empty() ? "[" : between) + row;
  return text + "]";
}

std::string matrix_table(const std::string& says, const std::string& name,
                         const std::vector<Matrix>& matrices) {
  std::string text = "# " + says + "\n" + name + " = [";
  for (const Matrix& matrix : matrices) text += "\n    " + python_rows(matrix, 4) + ",";
  return text + (matrices.empty() ? "]\n\n" : "\n]\n\n");
}

// ---- what is written out ------------------------------------------------------------

std::vector<Matrix> parameters_of(const Graph& graph) {
  std::vector<Matrix> values;
  for (int parameter : graph.parameters()) values.push_back(copy_of(graph.node(parameter).value));
  return values;
}

// The rows that the program reads, by name.
std::string named_rows(const char* name, const Graph& graph, const NamedData& data) {
  std::string text;
  for (int leaf : graph.data_leaves()) {
    const std::string quoted = python_text(graph.node(leaf).data_name);
    const auto rows = data.find(graph.node(leaf).data_name);
    if (rows == data.end() || text.find("    " + quoted + ":") != text.npos) continue;
    text += "\n    " + quoted + ": " + python_rows(rows->second, 8) + ",";
  }
  return std::string(name) + " = {" + text + (text.empty() ? "}\n" : "\n}\n");
}

bool is_input(const Node& node) {
  return node.kind == NodeKind::input || node.kind == NodeKind::target;
}

// Inputs and targets whose numbers were edited and differ from the program's text.
std::string edited_leaves(const Graph& graph, const Graph& as_written) {
  std::string text;
  int place = 0;
  for (std::size_t i = 0; i < graph.nodes().size(); ++i) {
    const Node& node = graph.nodes()[i];
    if (!is_input(node)) continue;
    const Matrix now = copy_of(node.value);
    if (node.data_name.empty() && !(now == copy_of(as_written.nodes()[i].value)))
      text += "\n    " + std::to_string(place) + ": " + python_rows(now, 8) + ",";
    ++place;
  }
  if (text.empty()) return "EDITED = {}\n\n";
  return "EDITED = {" + text + "\n}\n\n";
}

// For every dropout, what each entry was multiplied by in the pass.
std::vector<Matrix> masks_of(const Graph& graph) {
  std::vector<Matrix> masks;
  for (int index : graph.ops()) {
    const Node& node = graph.node(index);
    if (node.op->name != std::string("dropout")) continue;
    Matrix mask = {node.value.shape, {}};
    mask.entries.resize(static_cast<std::size_t>(mask.shape.size()));
    node.op->partials[0].local(node.call, {mask.entries.data(), mask.shape});
    masks.push_back(mask);
  }
  return masks;
}

// The running means and variances of every batch norm.
std::vector<Matrix> running_of(const Graph& graph) {
  std::vector<Matrix> running;
  for (int index : graph.ops())
    if (graph.node(index).op->state_shape) running.push_back(copy_of(graph.node(index).call.state));
  return running;
}

// ---- where Python means something else ----------------------------------------------

[[noreturn]] void refuse(const Node& node, const std::string& message) {
  throw ProgramError(node.source.line, node.source.column, node.text + ": " + message);
}

// Which nodes are plain numbers in Python, where numbers are not matrices and have no
// infinity: those computed from numbers alone, unless a name made them matrices (see
// as_in_backstep).
std::vector<bool> plain_numbers(const Graph& graph, bool with_named = false) {
  std::vector<bool> plain;
  for (const Node& node : graph.nodes()) {
    if (!node.name.empty() && !with_named) {
      plain.push_back(false);
      continue;
    }
    const bool all = std::all_of(node.inputs.begin(), node.inputs.end(),
                                 [&](int input) { return plain[static_cast<std::size_t>(input)]; });
    plain.push_back(node.kind == NodeKind::constant || (node.op && !node.op->pytorch && all));
  }
  return plain;
}

// ---- the script -----------------------------------------------------------------------

std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20; }, ' ');
  return text;
}

std::string header(const Experiment& experiment, const std::string& title, long epochs) {
  const Setup& setup = experiment.setup();
  // Python reads the encoding from the first line that names one, which a title could.
  std::string text =
      "# -*- coding: utf-8 -*-\n# " + one_line(title) + ", as Backstep exports it to PyTorch";
  if (epochs > 0) text += ", after " + counted(epochs, "epoch");
  text +=
      ".\n#\n"
      "#   python3 FILE             prints the loss, every value and every gradient as JSON\n"
      "#   python3 FILE --train N   trains for N epochs and prints the losses\n";
  if (setup.precision != Precision::float64)
    text += std::string("#\n# Here numbers are float64; the session rounds them to ") +
            format_of(setup.precision).name + ".\n";
  if (!setup.bug.empty()) text += "#\n# The bug of the session is not in here.\n";
  return text;
}

// The program in a function: every line as it is, but indented.
std::string program_part(const std::string& program, bool reads_otherwise) {
  std::string text =
      "\n# ---- the program -------------------------------------------------------------\n";
  if (reads_otherwise) text += std::string(pytorch_parts::as_in_backstep) + "\n@as_in_backstep";
  text += "\ndef program():\n";
  std::size_t begin = program.starts_with("\ufeff") ? 3 : 0;
  while (begin < program.size()) {
    const std::size_t end = std::min(program.find('\n', begin), program.size());
    std::string line = program.substr(begin, end - begin);
    while (!line.empty() && line.back() == '\r') line.pop_back();
    assert(line.find('\r') == line.npos && "a program has no line ends but line feeds");
    text += (line.empty() ? "" : "    " + line) + "\n";
    begin = end + 1;
  }
  return text + "    return locals()\n\n";
}

std::string numbers_part(const Experiment& experiment, const Graph& whole) {
  const Graph as_written =
      read_program(program_of(experiment.setup()), experiment.timeline().batches().first());
  const Graph& trained = experiment.timeline().graph();
  return "\n# ---- numbers -----------------------------------------------------------------\n\n" +
         matrix_table("The parameters, in the order of the program.", "PARAMETERS",
                      parameters_of(trained)) +
         "# The rows of input(\"…\") and target(\"…\").\n" +
         named_rows("TRAIN", whole, experiment.data().train) +
         named_rows("TEST", whole, experiment.data().test) +
         "\n# Inputs and targets that are no longer as the program says, by their place in it.\n" +
         edited_leaves(whole, as_written) +
         matrix_table("Dropout: what every entry is multiplied by in the pass that is printed.",
                      "MASKS",
                      is_of_all_rows(whole, experiment) ? masks_of(whole) : std::vector<Matrix>()) +
         matrix_table("Batch norm: running mean and variance.", "RUNNING", running_of(trained));
}

std::string definitions() {
  std::string text;
  for (const Op& op : all_ops()) {
    const std::string definition = pytorch_definition(op);
    if (!definition.empty()) text += "\n\n" + definition;
  }
  return text;
}

bool has_named_numbers(const Graph& graph) {
  const std::vector<bool> plain = plain_numbers(graph, true);
  for (std::size_t i = 0; i < plain.size(); ++i)
    if (plain[i] && !graph.nodes()[i].name.empty()) return true;
  return false;
}

// Whether some operator of the program has to be a function in the script.
bool has_comparisons(const Graph& graph) {
  return std::any_of(graph.ops().begin(), graph.ops().end(), [&](int op) {
    const Op& row = *graph.node(op).op;
    return row.spelling != Spelling::call && row.pytorch;
  });
}

}  // namespace

void check_for_pytorch(const Graph& graph) {
  const std::vector<bool> plain = plain_numbers(graph);
  for (int index : graph.ops()) {
    const Node& node = graph.node(index);
    const bool number = std::any_of(node.inputs.begin(), node.inputs.end(), [&](int input) {
      return plain[static_cast<std::size_t>(input)];
    });
    const bool takes_matrices = !node.op->is_elementwise() && node.op->spelling != Spelling::call;
    if (number && takes_matrices)
      refuse(node, "PyTorch does this with matrices only; write its number as input(2.0)");
    if (plain[static_cast<std::size_t>(index)] && !std::isfinite(node.value[0]))
      refuse(node, "Python stops at this number; write one of its numbers as input(2.0)");
  }
}

std::string pytorch_script(const Experiment& experiment, const std::string& title, long epochs) {
  const Graph whole = whole_pass(experiment, epochs);
  check_for_pytorch(whole);
  const bool reads_otherwise = has_named_numbers(whole) || has_comparisons(whole);
  return header(experiment, title, epochs) +
         (reads_otherwise ? pytorch_parts::imports_for_reading : "") + pytorch_parts::imports +
         program_part(program_of(experiment.setup()), reads_otherwise) +
         numbers_part(experiment, whole) + pytorch_parts::words_of_programs + definitions() + "\n" +
         pytorch_parts::what_it_does + pytorch_training(experiment) + pytorch_parts::main_part;
}

}  // namespace backstep
