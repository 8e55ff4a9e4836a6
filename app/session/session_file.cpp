#include "app/session/session_file.h"

#include <optional>

#include "app/session/document_graph.h"
#include "app/session/json_field.h"
#include "app/session/json_text.h"

namespace backstep {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr long most_updates = 1'000'000'000;

// ---- reading a program ----------------------------------------------------------

// The comment a program begins with, or nothing.
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
  document.program = text;
  return document;
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
  if (session.has("network"))
    session["network"].refuse(
        "this version reads networks written out as a \"program\", and not yet as layers");
  session.expect_object({"backstep", "title", "program", "parameters", "data", "training", "view"});
  if (!session.has("program"))
    session.refuse("\"program\" is missing; it holds the lines of the program in one text");
}

NamedData read_split(const JsonField& split) {
  split.expect_object();
  NamedData data;
  for (const auto& [name, value] : split.value().items()) {
    const Matrix& rows = data[name] = split[name].rows(JsonField::Numbers::finite);
    const Matrix& first = data.begin()->second;
    if (rows.shape.rows != first.shape.rows)
      split[name].refuse("this has " + std::to_string(rows.shape.rows) +
                         (rows.shape.rows == 1 ? " row, and " : " rows, and ") +
                         data.begin()->first + " has " + std::to_string(first.shape.rows) +
                         "; a row is a sample in both");
  }
  return data;
}

void read_data(const JsonField& data, Document& document) {
  data.expect_object({"train", "test"});
  if (data.has("train")) document.train = read_split(data["train"]);
  if (data.has("test")) document.test = read_split(data["test"]);
}

void read_training(const JsonField& training, Document& document) {
  training.expect_object({"optimizer", "learning_rate"});
  if (training.has("optimizer") && training["optimizer"].text() != "sgd")
    training["optimizer"].refuse("'" + training["optimizer"].text().substr(0, 40) +
                                 "' is not known; this version has sgd");
  if (!training.has("learning_rate")) return;
  document.learning_rate = training["learning_rate"].number();
  if (document.learning_rate < 0)
    training["learning_rate"].refuse("a learning rate is a number from 0 up");
}

void read_view(const JsonField& view, Document& document) {
  view.expect_object();
  if (view.has("update")) document.update = view["update"].whole_number(0, most_updates);
  if (view.has("tick")) document.tick = static_cast<int>(view["tick"].whole_number(0, 1'000'000));
  json others = view.value();
  others.erase("update");
  others.erase("tick");
  document.other_view = others.dump();
}

Document session_document(const std::string& text) {
  if (text.find_first_not_of(" \t\n") == std::string::npos)
    throw FileError("the file is empty; a session is a JSON object");
  const json value = parse_json(text);
  const JsonField session(value, "");
  check_version(session);
  check_fields(session);
  Document document;
  document.title = session.has("title") ? session["title"].text() : "";
  document.program = session["program"].text();
  if (session.has("parameters")) {
    const JsonField parameters = session["parameters"];
    parameters.expect_object();
    for (const auto& [name, rows] : parameters.value().items())
      document.parameters[name] = parameters[name].rows(JsonField::Numbers::any);
  }
  if (session.has("data")) read_data(session["data"], document);
  if (session.has("training")) read_training(session["training"], document);
  if (session.has("view")) read_view(session["view"], document);
  return document;
}

// What can only be checked against the program, when that is right.
void check_against_program(const Document& document) {
  std::optional<Graph> graph;
  try {
    graph = graph_of(document);
  } catch (const ProgramError&) {
    return;
  }
  const std::size_t ticks =
      graph->ops().size() + graph->backward_ops().size() + graph->parameters().size();
  if (document.tick > static_cast<int>(ticks))
    throw FileError("view.tick: this is " + std::to_string(document.tick) +
                    ", and a pass of this program has " + std::to_string(ticks) + " ticks");
  if (!document.test.empty()) test_graph_of(document);
}

bool is_session(const fs::path& path, const std::string& text) {
  if (path.extension() == ".json") return true;
  if (path.extension() == ".py") return false;
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  return start != std::string::npos && text[start] == '{';
}

// ---- writing --------------------------------------------------------------------

std::string matrices_text(const std::map<std::string, Matrix>& matrices, int indent) {
  JsonFields fields;
  for (const auto& [name, matrix] : matrices)
    fields.emplace_back(name, json_rows(matrix, indent + 4));
  return json_object(fields, indent);
}

std::string data_text(const Document& document) {
  JsonFields fields;
  if (!document.train.empty()) fields.emplace_back("train", matrices_text(document.train, 4));
  if (!document.test.empty()) fields.emplace_back("test", matrices_text(document.test, 4));
  return json_object(fields, 2);
}

std::string view_text(const Document& document) {
  JsonFields fields = {{"update", std::to_string(document.update)},
                       {"tick", std::to_string(document.tick)}};
  const json others = parse_json(document.other_view);
  for (const auto& [name, value] : others.items()) fields.emplace_back(name, value.dump());
  return json_object(fields, 2);
}

std::string session_text(const Document& document) {
  JsonFields fields = {{"backstep", "1"},
                       {"title", json_string(document.title)},
                       {"program", json_string(document.program)}};
  if (!document.parameters.empty())
    fields.emplace_back("parameters", matrices_text(document.parameters, 2));
  if (!document.train.empty() || !document.test.empty())
    fields.emplace_back("data", data_text(document));
  fields.emplace_back("training",
                      json_object({{"optimizer", json_string("sgd")},
                                   {"learning_rate", json_number(document.learning_rate)}},
                                  2));
  fields.emplace_back("view", view_text(document));
  return json_object(fields, 0) + "\n";
}

}  // namespace

Document read_document(const fs::path& path) {
  const std::string text = read_text(path);
  try {
    Document document = is_session(path, text) ? session_document(text) : program_document(text);
    if (document.title.empty()) document.title = path.stem().string();
    check_against_program(document);
    return document;
  } catch (const FileError& error) {
    throw FileError(path.string() + ": " + error.what());
  }
}

void write_session(const fs::path& path, const Document& document) {
  if (path.extension() == ".py")
    throw FileError(path.string() + ": a .py file holds a program alone; save a session as .json");
  write_text(path, session_text(document));
}

}  // namespace backstep
