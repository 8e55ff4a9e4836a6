#include "app/documents/session_file.h"

#include <optional>
#include <utility>

#include "app/documents/csv_source.h"
#include "app/documents/document_graph.h"
#include "app/documents/file_kinds.h"
#include "app/documents/setup_fields.h"
#include "app/files/json_field.h"
#include "app/files/json_text.h"
#include "app/files/new_file.h"
#include "core/base/suggestions.h"
#include "core/base/text.h"
#include "core/doctor/comparison.h"
#include "core/runs/fitted_network.h"

namespace backstep {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr long most_updates = 1'000'000'000;

// ---- reading a program ----------------------------------------------------------

// The comment that a program begins with; empty when there is none.
std::string title_of_program(const std::string& text) {
  const std::size_t start = text.find_first_not_of(" \t\n");
  if (start == std::string::npos || text[start] != '#') return "";
  const std::size_t end = std::min(text.find('\n', start), text.size());
  const std::size_t first = text.find_first_not_of("#! \t", start);
  if (first >= end) return "";
  const std::size_t last = text.find_last_not_of(" \t", end - 1);
  return text.substr(first, last + 1 - first);
}

Document program_document(const std::string& text) {
  Document document;
  document.title = title_of_program(text);
  document.setup.program = text;
  return document;
}

// A document of data alone, with the columns that the table suggests.
Document data_document(const fs::path& path) {
  const CsvTable table = read_csv(path);
  const CsvChoice choice = suggested_choice(table);
  return document_of_data(samples_of(table, choice), source_of(table, choice));
}

// ---- reading a session ----------------------------------------------------------

void check_version(const JsonField& session) {
  session.expect_object();
  if (!session.has("backstep"))
    session.refuse("\"backstep\" is missing; a session begins with \"backstep\": 1");
  const JsonField version = session["backstep"];
  if (version.value() != 1)
    version.refuse("this version of the program reads sessions of version 1, and this says " +
                   version.value().dump().substr(0, 20));
}

void check_fields(const JsonField& session) {
  session.expect_object(
      {"backstep", "title", "program", "network", "parameters", "data", "training", "view"});
  if (session.has("program") && session.has("network"))
    session["network"].refuse("a session has a \"program\" or a \"network\", and not both");
  if (!session.has("program") && !session.has("network"))
    session.refuse(
        "\"program\" is missing; it holds the lines of the program in one text (or \"network\", "
        "its layers)");
}

// Why the runs to compare cannot be made from the document's setup; empty if they can.
std::string mistake_in_comparison(const Document& document) {
  std::string mistake;
  for (const std::string& value : document.compare_values)
    if (mistake.empty()) with_change(document.setup, {document.compare_by, value}, mistake);
  return mistake;
}

void read_compare(const JsonField& compare, Document& document) {
  compare.expect_object({"by", "values"});
  for (const char* name : {"by", "values"})
    if (!compare.has(name)) compare.refuse(std::string("\"") + name + "\" is missing");
  document.compare_by = compare["by"].text();
  if (!find_changeable(document.compare_by)) {
    std::vector<std::string> known;
    for (const Changeable& row : all_changeables()) known.emplace_back(row.setting);
    compare["by"].refuse("'" + document.compare_by.substr(0, 40) + "' is not known" +
                         suggestion(document.compare_by, known, "; runs differ in "));
  }
  if (!compare["values"].value().is_array())
    compare["values"].refuse("this should be a list of values, [\"tanh\", \"relu\"]");
  for (const json& value : compare["values"].value())
    document.compare_values.push_back(value.is_string() ? value.get<std::string>() : value.dump());
  if (document.compare_values.size() < 2 || document.compare_values.size() > most_runs)
    compare["values"].refuse(
        text("two to six runs are compared, and these are {}", document.compare_values.size()));
  const std::string mistake = mistake_in_comparison(document);
  if (!mistake.empty()) compare["values"].refuse(mistake);
}

void read_view(const JsonField& view, Document& document) {
  view.expect_object();
  if (view.has("update")) document.update = view["update"].whole_number(0, most_updates);
  if (view.has("mode")) {
    const std::string name = view["mode"].text();
    const std::optional<Mode> mode = find_mode(name);
    if (!mode)
      view["mode"].refuse(text("'{}' is not known; it is {}", name.substr(0, 40), mode_choices()));
    document.mode = *mode;
  }
  if (view.has("compare")) read_compare(view["compare"], document);
  if (view.has("right_program")) document.right_program = view["right_program"].text();
  if (view.has("tick")) document.tick = static_cast<int>(view["tick"].whole_number(0, 1'000'000));
  json others = view.value();
  for (const char* known : {"update", "tick", "mode", "compare", "right_program"})
    others.erase(known);
  document.other_view = others.dump();
}

// A cross-entropy needs classes: with numbers as targets it has no minimum.
void check_loss(const JsonField& session, const Document& document) {
  const std::string& loss = document.setup.network->loss;
  constexpr auto of_numbers = LossTraits::Targets::numbers;
  const bool numbers =
      document.setup.samples && document.setup.samples->kind == TargetKind::numbers;
  const bool drawn = document.source.kind != DataSource::Kind::rows;
  if (numbers && drawn && loss_traits(loss).targets != of_numbers)
    session["network"]["loss"].refuse("'" + loss +
                                      "' is of classes, and these targets are numbers; take " +
                                      joined(losses_for(of_numbers), " or "));
}

}  // namespace

Document document_of_data(Samples samples, DataSource source) {
  Document document;
  document.title = source.file.stem().string();
  document.setup.samples = std::move(samples);
  document.source = std::move(source);
  Setup& setup = document.setup;
  setup.standardise = true;
  const bool many = setup.samples->kind == TargetKind::classes && setup.samples->classes > 2;
  setup.network = fitted(
      many ? with_loss(Network(), losses_for(LossTraits::Targets::one_hot).front()) : Network(),
      *setup.samples);
  setup.training.batch_size = 10;
  setup.training.learning_rate = 0.03;
  setup.program = program_of(setup);
  document.mode = Mode::train;
  return document;
}

Document session_of(const std::string& text, const fs::path& folder) {
  if (text.find_first_not_of(" \t\n") == std::string::npos)
    throw FileError("the file is empty; a session is a JSON object");
  const json value = parse_json(text);
  const JsonField session(value, "");
  check_version(session);
  check_fields(session);
  Document document;
  document.title = session.has("title") ? session["title"].text() : "";
  if (session.has("program")) document.setup.program = session["program"].text();
  if (session.has("network")) document.setup.network = read_network(session["network"]);
  if (session.has("parameters")) {
    const JsonField parameters = session["parameters"];
    parameters.expect_object();
    for (const auto& [name, rows] : parameters.value().items())
      document.setup.parameters[name] = parameters[name].rows(JsonField::Numbers::any);
  }
  if (session.has("data")) read_data(session["data"], folder, document);
  if (session.has("training")) document.setup.training = read_training(session["training"]);
  if (document.setup.network) {
    if (!document.setup.samples && document.setup.train.empty())
      session.refuse("\"data\" is missing; a network learns from samples");
    check_loss(session, document);
    document.setup.program = program_of(document.setup);
  }
  if (session.has("view")) read_view(session["view"], document);
  return document;
}

namespace {

// Checks what can only be checked against a program without mistakes: the document's,
// or else the last one that ran.
void check_against_program(const Document& document) {
  std::optional<Graph> graph;
  try {
    graph = graph_of(document);
  } catch (const ProgramError&) {
    if (document.right_program.empty()) return;
    Document right = document;
    right.setup.program = std::exchange(right.right_program, {});
    return check_against_program(right);
  }
  const std::size_t ticks =
      graph->ops().size() + graph->backward_ops().size() + graph->parameters().size();
  if (document.tick > static_cast<int>(ticks))
    throw FileError(text("view.tick: this is {}, and a pass of this program has {} ticks",
                         document.tick, ticks));
  if (!dataset_of(document.setup).test.empty()) test_graph_of(document);
}

bool is_session(const fs::path& path, const std::string& text) {
  const FileKind kind = kind_of_file(path);
  if (kind == FileKind::session) return true;
  if (kind == FileKind::program) return false;
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  return start != std::string::npos && text[start] == '{';
}

// Whether a file whose name does not tell may be a table: it has several lines, and no
// assignment or comment as programs have.
bool may_be_table(const fs::path& path, const std::string& text) {
  if (kind_of_file(path) != FileKind::other || text.find('\n') == std::string::npos) return false;
  const std::size_t sign = text.find('='), comment = text.find('#');
  return sign == std::string::npos && comment == std::string::npos;
}

// ---- writing --------------------------------------------------------------------

std::string view_text(const Document& document) {
  JsonFields fields = {{"update", std::to_string(document.update)},
                       {"tick", std::to_string(document.tick)}};
  if (document.mode != Mode::step) fields.emplace_back("mode", json_string(name_of(document.mode)));
  // Runs of a network that no longer exists could not be read back.
  if (!document.compare_values.empty() && mistake_in_comparison(document).empty()) {
    const json values = document.compare_values;
    fields.emplace_back(
        "compare",
        json_object({{"by", json_string(document.compare_by)}, {"values", values.dump()}}, 4));
  }
  if (!document.right_program.empty())
    fields.emplace_back("right_program", json_string(document.right_program));
  const json others = parse_json(document.other_view);
  for (const auto& [name, value] : others.items()) fields.emplace_back(name, value.dump());
  return json_object(fields, 2);
}

std::string session_text(const Document& document, const fs::path& folder) {
  JsonFields fields = {{"backstep", "1"}, {"title", json_string(document.title)}};
  if (document.setup.network)
    fields.emplace_back("network", network_text(*document.setup.network));
  else
    fields.emplace_back("program", json_string(document.setup.program));
  if (!document.setup.parameters.empty())
    fields.emplace_back("parameters", json_matrices(document.setup.parameters, 2));
  const std::string data = data_text(document, folder);
  if (!data.empty()) fields.emplace_back("data", data);
  fields.emplace_back("training", training_text(document.setup.training));
  fields.emplace_back("view", view_text(document));
  return json_object(fields, 0) + "\n";
}

}  // namespace

Document read_document(const fs::path& path) {
  if (kind_of_file(path) == FileKind::data) return data_document(path);
  const std::string text = read_text(path);
  if (!is_session(path, text) && may_be_table(path, text)) return data_document(path);
  try {
    Document document =
        is_session(path, text) ? session_of(text, path.parent_path()) : program_document(text);
    if (document.title.empty()) document.title = path.stem().string();
    check_against_program(document);
    return document;
  } catch (const FileError& error) {
    throw FileError(path.string() + ": " + error.what());
  }
}

void write_session(const fs::path& path, const Document& document) {
  if (kind_of_file(path) == FileKind::program)
    throw FileError(path.string() + ": a .py file holds a program alone; save a session as .json");
  refuse_to_replace(path, {document.source.file});
  write_text(path, session_text(document, fs::absolute(path).parent_path()));
}

}  // namespace backstep
