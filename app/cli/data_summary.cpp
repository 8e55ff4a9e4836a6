#include "app/cli/data_summary.h"

#include <algorithm>
#include <iostream>

#include "app/cli/columns.h"
#include "app/files/json_text.h"
#include "app/paint/numbers.h"
#include "core/base/number_words.h"
#include "core/base/text.h"

namespace backstep {

namespace {

constexpr std::size_t most_named = 12;

void print_line(const std::string& name, const std::string& text) {
  std::cout << column(name, 16) << text << "\n";
}

std::string target_words(const Samples& samples) {
  if (samples.kind == TargetKind::classes)
    return text("{}, {} classes: {}", samples.target_name, samples.classes,
                joined_up_to(most_named, samples.class_names));
  const auto [lowest, highest] =
      std::minmax_element(samples.targets.entries.begin(), samples.targets.entries.end());
  return text("{}, numbers from {} to {}", samples.target_name, exact_number(*lowest),
              exact_number(*highest));
}

void print_left_out(const DataFacts& facts) {
  std::string name = "left out";
  const auto line = [&](const std::string& words) {
    print_line(name, words);
    name.clear();
  };
  if (facts.rows_left_out > 0)
    line(text("{} {}: {}", grouped(facts.rows_left_out), plural(facts.rows_left_out, "row"),
              facts.why_rows));
  const auto& columns = facts.columns_left_out;
  for (std::size_t i = 0; i < std::min(columns.size(), most_named); ++i)
    line(columns[i].name + ": " + columns[i].why);
  if (columns.size() > most_named)
    line(std::to_string(columns.size() - most_named) + " more columns");
}

std::string name_list(const std::vector<std::string>& words) {
  return "[" + joined(words, ", ", json_string) + "]";
}

void add_file(JsonFields& fields, const DataSource& source) {
  const DataFacts& facts = source.facts;
  fields.emplace_back("csv", json_string(source.file.string()));
  fields.emplace_back("rows", std::to_string(facts.rows));
  fields.emplace_back("rows_left_out", std::to_string(facts.rows_left_out));
  fields.emplace_back("why_rows_left_out", json_string(facts.why_rows));
  JsonFields columns;
  for (const DataFacts::Column& each : facts.columns_left_out)
    columns.emplace_back(each.name, json_string(each.why));
  fields.emplace_back("columns_left_out", json_object(columns, 4));
  fields.emplace_back("split", json_string(source.split));
  fields.emplace_back("missing", json_string(source.missing));
  fields.emplace_back("notes", name_list(facts.notes));
}

}  // namespace

void print_data(const Document& document, bool is_read) {
  if (document.source.kind != DataSource::Kind::csv || !document.setup.samples) return;
  const Samples& samples = *document.setup.samples;
  const std::string file = document.source.file.filename().string();
  if (!is_read) {
    print_line("data", file + " is not read: the program has no input(\"x\")");
    return;
  }
  const long rows = document.source.facts.rows;
  print_line("data", text("{}, {} {}: {} to train on, {} to test with", file, grouped(rows),
                          plural(rows, "row"), grouped(samples.train),
                          grouped(samples.count() - samples.train)));
  print_line("inputs", joined_up_to(most_named, samples.input_names));
  print_line("target", target_words(samples));
  print_left_out(document.source.facts);
  std::string name = "read";
  for (const std::string& note : document.source.facts.notes) {
    print_line(name, note);
    name.clear();
  }
}

std::string data_json(const Document& document, bool is_read) {
  if (!document.setup.samples && document.setup.train.empty()) return "null";
  JsonFields fields;
  if (document.source.kind == DataSource::Kind::built_in)
    fields.emplace_back("set", json_string(document.source.set));
  if (document.source.kind == DataSource::Kind::csv) add_file(fields, document.source);
  const auto rows = [](const NamedData& split) {
    return split.empty() ? 0 : static_cast<long>(split.begin()->second.shape.rows);
  };
  const long train =
      document.setup.samples ? document.setup.samples->train : rows(document.setup.train);
  const long test = document.setup.samples
                        ? document.setup.samples->count() - document.setup.samples->train
                        : rows(document.setup.test);
  fields.emplace_back("train", std::to_string(train));
  fields.emplace_back("test", std::to_string(test));
  if (document.setup.samples) {
    const Samples& samples = *document.setup.samples;
    const bool classes = samples.kind == TargetKind::classes;
    fields.emplace_back("inputs", name_list(samples.input_names));
    fields.emplace_back("target", json_string(samples.target_name));
    fields.emplace_back("targets", json_string(classes ? "classes" : "numbers"));
    if (classes) fields.emplace_back("classes", name_list(samples.class_names));
  }
  if (!is_read) fields.emplace_back("is_read", "false");
  return json_object(fields, 2);
}

}  // namespace backstep
