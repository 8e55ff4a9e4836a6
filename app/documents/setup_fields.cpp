#include "app/documents/setup_fields.h"

#include <algorithm>

#include "app/documents/csv_source.h"
#include "app/files/json_text.h"
#include "core/base/random.h"
#include "core/base/suggestions.h"
#include "core/base/text.h"
#include "core/stepping/optimizers.h"

namespace backstep {

namespace {

constexpr long most_samples = 1'000'000;
constexpr long most_balanced = 4'000'000;  // rows of rarer classes count again and again

std::string word(const JsonField& field, const std::vector<std::string>& known) {
  const std::string text = field.text();
  if (std::find(known.begin(), known.end(), text) == known.end())
    field.refuse("'" + text.substr(0, 40) + "' is not known" +
                 suggestion(text, known, "; this version has "));
  return text;
}

template <class Table>
std::vector<std::string> names_of(const Table& table) {
  std::vector<std::string> names;
  for (const auto& row : table) names.emplace_back(row.name);
  return names;
}

std::vector<std::string> texts(const JsonField& field) {
  if (!field.value().is_array()) field.refuse("this should be a list of names, [\"a\", \"b\"]");
  std::vector<std::string> list;
  for (const auto& item : field.value()) {
    if (!item.is_string()) field.refuse("this should be a list of names, [\"a\", \"b\"]");
    list.push_back(item);
  }
  return list;
}

template <class Number>
void read_whole(const JsonField& object, const char* name, Number& number, long lowest,
                long highest) {
  if (object.has(name)) number = static_cast<Number>(object[name].whole_number(lowest, highest));
}

void read_number_in(const JsonField& object, const char* name, double& number, double lowest,
                    double highest, const char* range) {
  if (!object.has(name)) return;
  number = object[name].number();
  if (number < lowest || number > highest) object[name].refuse(std::string("this goes ") + range);
}

void read_truth(const JsonField& object, const char* name, bool& truth) {
  if (object.has(name)) truth = object[name].truth();
}

// ---- data -----------------------------------------------------------------------

NamedData read_split(const JsonField& split) {
  split.expect_object();
  NamedData data;
  for (const auto& [name, value] : split.value().items()) {
    const Matrix& rows = data[name] = split[name].rows(JsonField::Numbers::finite);
    const Matrix& first = data.begin()->second;
    if (rows.shape.rows != first.shape.rows)
      split[name].refuse(text("this has {}, and {} has {}; a row is a sample in both",
                              counted(rows.shape.rows, "row"), data.begin()->first,
                              first.shape.rows));
  }
  return data;
}

void read_drawing(const JsonField& data, DataSetOptions& options) {
  read_whole(data, "samples", options.samples, 2, most_samples);
  read_number_in(data, "noise", options.noise, 0, 0.5, "from 0 to 0.5");
  read_number_in(data, "train_fraction", options.train_fraction, 1e-6, 1, "from above 0 to 1");
  read_whole(data, "seed", options.seed, 0, highest_seed);
}

void read_built_in(const JsonField& data, Document& document) {
  data.expect_object(
      {"set", "samples", "noise", "train_fraction", "seed", "standardise", "balance"});
  DataSource& source = document.source;
  source.kind = DataSource::Kind::built_in;
  source.set = word(data["set"], names_of(all_data_sets()));
  read_drawing(data, source.options);
  document.setup.samples = draw_samples(*find_data_set(source.set), source.options);
}

// The choice of columns that a session makes; what it leaves out, the table suggests.
CsvChoice read_choice(const JsonField& data, const CsvTable& table) {
  CsvChoice choice = suggested_choice(table);
  const CsvChoice suggested = choice;
  if (data.has("target")) choice.target = data["target"].text();
  if (data.has("split")) choice.split = data["split"].text();
  read_truth(data, "one_hot", choice.one_hot);
  if (data.has("missing")) {
    const std::string missing = word(data["missing"], names_of(all_missing_words()));
    for (const MissingWord& row : all_missing_words())
      if (missing == row.name) choice.missing = row.missing;
  }
  if (data.has("inputs"))
    choice.inputs = texts(data["inputs"]);
  else if (choice != suggested)
    choice.inputs = suggested_inputs(table, choice.target, choice.split, choice.one_hot);
  const int target = table.find(choice.target);
  if (data.has("targets"))
    choice.kind = word(data["targets"], {"classes", "numbers"}) == "classes" ? TargetKind::classes
                                                                             : TargetKind::numbers;
  else if (target >= 0)
    choice.kind = suggested_kind(table.columns[static_cast<std::size_t>(target)]);
  return choice;
}

void read_csv_data(const JsonField& data, const std::filesystem::path& folder, Document& document) {
  data.expect_object({"csv", "inputs", "target", "targets", "split", "missing", "one_hot",
                      "decimal", "train_fraction", "seed", "standardise", "balance"});
  DataSource source;
  const std::filesystem::path file = folder / data["csv"].text();
  if (data.has("decimal")) source.decimal = word(data["decimal"], {".", ","});
  read_drawing(data, source.options);
  const CsvTable table = read_csv(file, source.decimal.empty() ? '\0' : source.decimal[0]);
  CsvChoice choice = read_choice(data, table);
  choice.train_fraction = source.options.train_fraction;
  choice.seed = source.options.seed;
  document.setup.samples = samples_of(table, choice);
  document.source = source_of(table, choice);
  document.source.decimal = source.decimal;
}

// Counted before anything is built: balancing a class of many rows with classes of one
// row each would take many times the memory of the file.
void check_balance(const JsonField& data, const Document& document) {
  if (!document.setup.balance || !document.setup.samples) return;
  const Samples& samples = *document.setup.samples;
  if (samples.kind != TargetKind::classes) return;
  std::vector<long> counts(static_cast<std::size_t>(samples.classes));
  for (long row = 0; row < samples.train; ++row)
    ++counts[static_cast<std::size_t>(samples.targets.entries[static_cast<std::size_t>(row)])];
  const long classes = samples.classes - std::count(counts.begin(), counts.end(), 0L);
  const long rows = *std::max_element(counts.begin(), counts.end()) * classes;
  if (rows > most_balanced)
    data["balance"].refuse(
        text("balanced, the classes would be {} samples to train on; {} are the most", rows,
             most_balanced));
}

std::string list_text(const std::vector<std::string>& words) {
  return "[" + joined(words, ", ", json_string) + "]";
}

std::string truth_text(bool truth) { return truth ? "true" : "false"; }

void add_drawing(JsonFields& fields, const DataSetOptions& options, bool drawn) {
  if (drawn) {
    fields.emplace_back("samples", std::to_string(options.samples));
    fields.emplace_back("noise", json_number(options.noise));
  }
  fields.emplace_back("train_fraction", json_number(options.train_fraction));
  fields.emplace_back("seed", std::to_string(options.seed));
}

// The name of a file as a session in `folder` gives it: relative when the file lies in
// the folder or below, so that both can be moved together, and absolute elsewhere.
std::string name_from(const std::filesystem::path& folder, const std::filesystem::path& file) {
  const auto whole = [](const std::filesystem::path& path) {
    return std::filesystem::absolute(path).lexically_normal();
  };
  const std::filesystem::path name = whole(file).lexically_relative(whole(folder));
  return name.empty() || *name.begin() == ".." ? whole(file).string() : name.string();
}

JsonFields source_fields(const DataSource& source, const Samples& samples,
                         const std::filesystem::path& folder) {
  JsonFields fields;
  if (source.kind == DataSource::Kind::built_in) {
    fields.emplace_back("set", json_string(source.set));
    add_drawing(fields, source.options, true);
    return fields;
  }
  fields.emplace_back("csv", json_string(name_from(folder, source.file)));
  fields.emplace_back("inputs", list_text(source.inputs));
  fields.emplace_back("target", json_string(source.target));
  fields.emplace_back("targets",
                      json_string(samples.kind == TargetKind::classes ? "classes" : "numbers"));
  fields.emplace_back("split", json_string(source.split));  // "" too: none is chosen
  if (source.missing != DataSource().missing)
    fields.emplace_back("missing", json_string(source.missing));
  fields.emplace_back("one_hot", truth_text(source.one_hot));
  if (!source.decimal.empty()) fields.emplace_back("decimal", json_string(source.decimal));
  add_drawing(fields, source.options, false);
  return fields;
}

// The samples that rows of a network stand for, as classes or as numbers.
Samples samples_of_rows(const NamedData& train, const NamedData& test, TargetKind kind) {
  Samples samples;
  samples.kind = kind;
  samples.inputs.entries.clear();
  samples.targets.entries.clear();
  for (const NamedData* split : {&train, &test}) {
    if (split->empty()) continue;
    const Matrix &x = split->at("x"), &y = split->at("y");
    samples.inputs.entries.insert(samples.inputs.entries.end(), x.entries.begin(), x.entries.end());
    for (double target : y.entries)
      samples.targets.entries.push_back(kind == TargetKind::numbers ? target : target > 0 ? 1 : 0);
  }
  const Index columns = train.at("x").shape.columns;
  const auto count = static_cast<Index>(samples.targets.entries.size());
  samples.inputs.shape = {count, columns};
  samples.targets.shape = {count, 1};
  samples.train = static_cast<long>(train.at("x").shape.rows);
  for (Index i = 0; i < columns; ++i)
    samples.input_names.push_back(columns == 1 ? "x" : "x" + std::to_string(i + 1));
  if (kind == TargetKind::classes) samples.class_names = {"−", "+"};
  return samples;
}

// A message about a network begins with the name of a field; two fields have other
// names in session files.
std::string in_words_of_the_file(const std::string& mistake) {
  for (const auto& [field, name] : {std::pair{"widths", "layers"}, {"activations", "activation"}})
    if (mistake.starts_with(std::string(field) + ": "))
      return name + mistake.substr(mistake.find(':'));
  return mistake;
}

void read_setting(const JsonField& given, const NetworkSetting& setting, Network& network) {
  if (const auto number = std::get_if<double Network::*>(&setting.field))
    network.*(*number) = given.number();
  else if (const auto whole = std::get_if<std::uint64_t Network::*>(&setting.field))
    network.*(*whole) = static_cast<std::uint64_t>(
        given.whole_number(static_cast<long>(setting.lowest), static_cast<long>(setting.highest)));
  else if (const auto on = std::get_if<bool Network::*>(&setting.field))
    network.*(*on) = given.truth();
  else
    network.*std::get<std::string Network::*>(setting.field) = given.text();
}

// As it stands in a session: text in quotes, a number, true or false.
struct SettingText {
  const Network& network;

  std::string operator()(double Network::*field) const { return json_number(network.*field); }
  std::string operator()(std::uint64_t Network::*field) const {
    return std::to_string(network.*field);
  }
  std::string operator()(bool Network::*field) const { return truth_text(network.*field); }
  std::string operator()(std::string Network::*field) const { return json_string(network.*field); }
};

}  // namespace

// ---- reading --------------------------------------------------------------------

Network read_network(const JsonField& field) {
  std::vector<const char*> known = {"layers", "activation"};
  for (const NetworkSetting& setting : all_network_settings()) known.push_back(setting.name);
  field.expect_object(known);
  Network network;
  if (field.has("layers")) {
    const JsonField layers = field["layers"];
    if (!layers.value().is_array())
      layers.refuse("this should be a list of the hidden layers' widths, [8, 8]");
    network.widths.clear();
    for (const auto& width : layers.value())
      network.widths.push_back(
          static_cast<int>(JsonField(width, "network.layers").whole_number(1, widest_layer)));
  }
  if (field.has("activation")) {
    const JsonField activation = field["activation"];
    network.activations =
        activation.value().is_array() ? texts(activation) : std::vector{activation.text()};
  }
  for (const NetworkSetting& setting : all_network_settings())
    if (field.has(setting.name)) read_setting(field[setting.name], setting, network);
  const std::string mistake = mistake_in(network);
  if (!mistake.empty()) throw FileError("network." + in_words_of_the_file(mistake));
  return network;
}

void read_data(const JsonField& data, const std::filesystem::path& folder, Document& document) {
  data.expect_object();
  if (data.has("standardise")) document.setup.standardise = data["standardise"].truth();
  if (data.has("balance")) document.setup.balance = data["balance"].truth();
  if (data.has("set")) return read_built_in(data, document);
  if (data.has("csv")) {
    read_csv_data(data, folder, document);
    return check_balance(data, document);
  }
  data.expect_object({"train", "test", "standardise", "balance", "set", "csv"});
  if (data.has("train")) document.setup.train = read_split(data["train"]);
  if (data.has("test")) document.setup.test = read_split(data["test"]);
  if (!document.setup.network) return;
  for (const char* name : {"x", "y"})
    if (!document.setup.train.empty() && !document.setup.train.contains(name))
      data["train"].refuse(std::string("a network learns from rows \"x\" and \"y\", and \"") +
                           name + "\" is missing");
  take_rows_as_samples(document);
}

bool take_rows_as_samples(Document& document) {
  const auto fits = [](const NamedData& split, bool may_be_empty) {
    return (may_be_empty && split.empty()) ||
           (split.size() == 2 && split.contains("x") && split.contains("y") &&
            split.at("y").shape.columns == 1);
  };
  if (!fits(document.setup.train, false) || !fits(document.setup.test, true)) return false;
  Setup setup = document.setup;
  setup.standardise = setup.balance = false;
  for (const TargetKind kind : {TargetKind::classes, TargetKind::numbers}) {
    setup.samples = samples_of_rows(document.setup.train, document.setup.test, kind);
    const Dataset data = dataset_of(setup);
    if (data.train != document.setup.train || data.test != document.setup.test) continue;
    document.setup.samples = std::move(setup.samples);
    document.setup.train.clear();
    document.setup.test.clear();
    return true;
  }
  return false;
}

Training read_training(const JsonField& field) {
  field.expect_object();
  Training training;
  std::vector<std::string> names = {"optimizer"};
  for (const TrainingSetting& setting : all_training_settings()) names.emplace_back(setting.name);
  for (const auto& [name, value] : field.value().items())
    if (std::find(names.begin(), names.end(), name) == names.end())
      field[name].refuse("this field is not known" + suggestion(name, names, "; training has "));
  if (field.has("optimizer"))
    training.optimizer = word(field["optimizer"], names_of(all_optimizers()));
  for (const TrainingSetting& setting : all_training_settings()) {
    if (!field.has(setting.name)) continue;
    const JsonField given = field[setting.name];
    if (std::holds_alternative<bool Training::*>(setting.field)) {
      set_value(training, setting, given.truth() ? 1 : 0);
      continue;
    }
    const bool whole = !std::holds_alternative<double Training::*>(setting.field);
    const double number =
        whole ? static_cast<double>(given.whole_number(static_cast<long>(setting.lowest),
                                                       static_cast<long>(setting.highest)))
              : given.number();
    if (number < setting.lowest || number > setting.highest)
      given.refuse(std::string(setting.name) == "learning_rate" && number < 0
                       ? "a learning rate is a number from 0 up"
                       : "this goes from " + json_number(setting.lowest) + " to " +
                             json_number(setting.highest));
    set_value(training, setting, number);
  }
  return training;
}

// ---- writing --------------------------------------------------------------------

std::string network_text(const Network& network) {
  const std::string widths =
      joined(network.widths, ", ", [](int width) { return std::to_string(width); });
  const std::string activation = network.activations.size() == 1
                                     ? json_string(network.activations[0])
                                     : list_text(network.activations);
  JsonFields fields = {{"layers", "[" + widths + "]"}, {"activation", activation}};
  for (const NetworkSetting& setting : all_network_settings())
    fields.emplace_back(setting.name, std::visit(SettingText{network}, setting.field));
  return json_object(fields, 2);
}

std::string data_text(const Document& document, const std::filesystem::path& folder) {
  JsonFields fields;
  const bool named = document.source.kind != DataSource::Kind::rows && document.setup.samples;
  if (named) {
    fields = source_fields(document.source, *document.setup.samples, folder);
  } else {
    Setup plain = document.setup;
    plain.standardise = plain.balance = false;
    const Dataset rows = dataset_of(plain);
    if (!rows.train.empty()) fields.emplace_back("train", json_matrices(rows.train, 4));
    if (!rows.test.empty()) fields.emplace_back("test", json_matrices(rows.test, 4));
  }
  if (document.setup.standardise) fields.emplace_back("standardise", "true");
  if (document.setup.balance) fields.emplace_back("balance", "true");
  return fields.empty() ? "" : json_object(fields, 2);
}

// Settings that differ from their defaults, and always the learning rate.
std::string training_text(const Training& training) {
  JsonFields fields = {{"optimizer", json_string(training.optimizer)}};
  const Training usual;
  for (const TrainingSetting& setting : all_training_settings()) {
    const double value = value_of(training, setting);
    if (value == value_of(usual, setting) && std::string(setting.name) != "learning_rate") continue;
    fields.emplace_back(setting.name, std::holds_alternative<bool Training::*>(setting.field)
                                          ? truth_text(value != 0)
                                          : json_number(value));
  }
  return json_object(fields, 2);
}

}  // namespace backstep
