// The fields of sessions with a network are read and written back; every mistake in them is
// reported in a sentence; and no session, however corrupt, does harm.
#include "app/documents/setup_fields.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/documents/session_file.h"
#include "core/base/random.h"
#include "core/runs/change.h"
#include "core/runs/experiment.h"
#include "core/stepping/optimizers.h"
#include "tests/app/documents/same_bits.h"

namespace backstep {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* table_text =
    "height,weight,split,kind\n1.5,2,train,a\n2.5,4,train,b\n3.5,8,test,c\n4.5,16,train,a\n";

class SetupFields : public testing::Test {
 protected:
  SetupFields() {
    fs::create_directories(folder_);
    file("t.csv", table_text);
  }
  ~SetupFields() override { fs::remove_all(folder_); }

  fs::path file(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }

  static json right() {
    return {
        {"backstep", 1},
        {"title", "A network"},
        {"network",
         {{"layers", {3, 2}},
          {"activation", {"relu", "tanh"}},
          {"output", "sigmoid"},
          {"loss", "bce"},
          {"init", "he"},
          {"init_scale", 0.5},
          {"bias", 0.25},
          {"seed", 9},
          {"batch_norm", true},
          {"skip_connections", true},
          {"dropout", 0.125}}},
        {"data",
         {{"set", "moons"},
          {"samples", 40},
          {"noise", 0.1},
          {"train_fraction", 0.75},
          {"seed", 3},
          {"standardise", true},
          {"balance", true}}},
        {"training",
         {{"optimizer", "nesterov"},
          {"learning_rate", 0.3},
          {"momentum", 0.5},
          {"batch_size", 5},
          {"shuffle", true},
          {"seed", 11},
          {"drop_last", true},
          {"weight_decay", 0.01},
          {"l1", 0.02},
          {"l1_stops_at_zero", true},
          {"weights_only", true},
          {"clip_norm", 3},
          {"clip_value", 4},
          {"accumulate", 2},
          {"zero_gradients", false}}},
        {"view", {{"mode", "compare"}, {"compare", {{"by", "depth"}, {"values", {1, "4", 10}}}}}}};
  }
  // A session with a small network on these data.
  static json with_data(const json& data) {
    return {{"backstep", 1}, {"network", {{"layers", {2}}}}, {"data", data}};
  }

  Document read(const json& session) const { return read_document(file("s.json", session.dump())); }
  Document written_and_read(const Document& document) const {
    write_session(folder_ / "back.json", document);
    return read_document(folder_ / "back.json");
  }

  std::string mistake_in(const json& session) const {
    const fs::path path = file("s.json", session.dump());
    try {
      read_document(path);
    } catch (const FileError& error) {
      const std::string mistake = error.what(), start = path.string() + ": ";
      EXPECT_TRUE(mistake.starts_with(start)) << mistake;
      EXPECT_EQ(mistake.find('\n'), std::string::npos) << mistake;
      return mistake.substr(std::min(start.size(), mistake.size()));
    }
    return "no mistake";
  }
  std::string mistake_with(const std::string& pointer, const json& value) const {
    json session = right();
    session[json::json_pointer(pointer)] = value;
    return mistake_in(session);
  }
  // The mistake in these choices for a CSV file, without the file's name before it.
  std::string mistake_in_csv(const json& data) const {
    const std::string mistake = mistake_in(with_data(data)), table = (folder_ / "t.csv").string();
    return mistake.starts_with(table) ? mistake.substr(table.size() + 2) : mistake;
  }

  fs::path folder_ =
      fs::path(testing::TempDir()) / ("backstep setup fields " + std::to_string(getpid()));
};

void expect_same_rows(const NamedData& a, const NamedData& b) {
  ASSERT_EQ(a.size(), b.size());
  for (const auto& [name, rows] : a) {
    ASSERT_TRUE(b.contains(name)) << name;
    EXPECT_TRUE(same_bits(rows, b.at(name))) << name;
  }
}

void expect_same(const Document& a, const Document& b) {
  EXPECT_EQ(a.title, b.title);
  EXPECT_EQ(a.setup.network, b.setup.network);
  EXPECT_EQ(a.setup.program, b.setup.program);
  EXPECT_EQ(a.setup.training, b.setup.training);
  EXPECT_EQ(a.setup.standardise, b.setup.standardise);
  EXPECT_EQ(a.setup.balance, b.setup.balance);
  expect_same_rows(a.setup.parameters, b.setup.parameters);
  expect_same_rows(a.setup.train, b.setup.train);
  expect_same_rows(a.setup.test, b.setup.test);
  ASSERT_EQ(a.setup.samples.has_value(), b.setup.samples.has_value());
  if (a.setup.samples) {
    EXPECT_TRUE(same_bits(a.setup.samples->inputs, b.setup.samples->inputs));
    EXPECT_TRUE(same_bits(a.setup.samples->targets, b.setup.samples->targets));
    EXPECT_EQ(a.setup.samples->train, b.setup.samples->train);
    EXPECT_EQ(a.setup.samples->kind, b.setup.samples->kind);
    EXPECT_EQ(a.setup.samples->classes, b.setup.samples->classes);
    EXPECT_EQ(a.setup.samples->input_names, b.setup.samples->input_names);
    EXPECT_EQ(a.setup.samples->target_name, b.setup.samples->target_name);
    EXPECT_EQ(a.setup.samples->class_names, b.setup.samples->class_names);
  }
  EXPECT_EQ(a.source.kind, b.source.kind);
  EXPECT_EQ(a.source.set, b.source.set);
  EXPECT_EQ(a.source.options, b.source.options);
  EXPECT_EQ(a.source.file, b.source.file);
  EXPECT_EQ(a.source.inputs, b.source.inputs);
  EXPECT_EQ(a.source.target, b.source.target);
  EXPECT_EQ(a.source.split, b.source.split);
  EXPECT_EQ(a.compare_by, b.compare_by);
  EXPECT_EQ(a.compare_values, b.compare_values);
  EXPECT_EQ(a.mode, b.mode);
}

// ---- what is read -------------------------------------------------------------------

TEST_F(SetupFields, of_network_and_training_are_read_completely) {
  const Document document = read(right());
  Network network;
  network.widths = {3, 2};
  network.activations = {"relu", "tanh"};
  network.output = "sigmoid";
  network.loss = "bce";
  network.init = "he";
  network.init_scale = 0.5;
  network.bias = 0.25;
  network.seed = 9;
  network.batch_norm = network.skip_connections = true;
  network.dropout = 0.125;
  EXPECT_EQ(document.setup.network, network);
  EXPECT_EQ(document.setup.program, program_of(network, 2, 1));
  Training training;
  training.optimizer = "nesterov";
  training.learning_rate = 0.3;
  training.momentum = 0.5;
  training.batch_size = 5;
  training.shuffle = true;
  training.seed = 11;
  training.drop_last = true;
  training.weight_decay = 0.01;
  training.l1 = 0.02;
  training.l1_stops_at_zero = training.weights_only = true;
  training.clip_norm = 3;
  training.clip_value = 4;
  training.accumulate = 2;
  training.zero_gradients = false;
  EXPECT_EQ(document.setup.training, training);
  EXPECT_EQ(document.mode, Mode::compare);
  EXPECT_EQ(document.compare_by, "depth");
  EXPECT_EQ(document.compare_values, (std::vector<std::string>{"1", "4", "10"}));
}

TEST_F(SetupFields, may_all_be_left_out_but_the_data) {
  const Document document =
      read({{"backstep", 1}, {"network", json::object()}, {"data", {{"set", "xor_points"}}}});
  EXPECT_EQ(document.setup.network, Network());
  EXPECT_EQ(document.setup.training, Training());
  EXPECT_EQ(document.mode, Mode::step);
  EXPECT_TRUE(document.compare_values.empty());
}

TEST_F(SetupFields, name_data_sets_with_their_options) {
  for (const DataSet& set : all_data_sets()) {
    const json data = {{"set", set.name}, {"samples", 30}, {"noise", 0.25}, {"seed", 5}};
    json session = with_data(data);
    if (set.kind == TargetKind::numbers)
      session["network"].update({{"output", "linear"}, {"loss", "mse"}});
    const Document document = read(session);
    const Samples drawn = draw_samples(set, {30, 0.25, 0.5, 5});
    ASSERT_TRUE(document.setup.samples);
    EXPECT_TRUE(same_bits(document.setup.samples->inputs, drawn.inputs)) << set.name;
    EXPECT_TRUE(same_bits(document.setup.samples->targets, drawn.targets)) << set.name;
    EXPECT_EQ(document.source.kind, DataSource::Kind::built_in);
    expect_same(document, written_and_read(document));
  }
}

// Targets are read as classes if encoding these gives the rows back, and as numbers otherwise.
TEST_F(SetupFields, take_rows_as_samples) {
  const auto rows = [](const json& y) {
    return json{{"train", {{"x", {{0, 1}, {1, 0}, {2, 3}}}, {"y", y}}},
                {"test", {{"x", {{4, 5}}}, {"y", {y[0]}}}}};
  };
  struct Case {
    const char *output, *loss;
    json y;
    TargetKind kind;
  };
  const Case cases[] = {
      {"tanh", "half_mse", {{1}, {-1}, {1}}, TargetKind::classes},
      {"sigmoid", "bce", {{1}, {0}, {1}}, TargetKind::classes},
      {"linear", "bce_with_logits", {{1}, {0}, {1}}, TargetKind::classes},
      {"linear", "mse", {{0.5}, {2.25}, {-7}}, TargetKind::numbers},
      {"tanh", "half_mse", {{0.5}, {-1}, {1}}, TargetKind::numbers},
  };
  for (const Case& each : cases) {
    json session = with_data(rows(each.y));
    session["network"].update({{"output", each.output}, {"loss", each.loss}});
    const Document document = read(session);
    ASSERT_TRUE(document.setup.samples) << each.loss << each.y;
    EXPECT_EQ(document.setup.samples->kind, each.kind) << each.loss << each.y;
    EXPECT_EQ(document.setup.samples->train, 3);
    EXPECT_TRUE(document.setup.train.empty() && document.setup.test.empty());
    const Dataset data = dataset_of(document.setup);
    EXPECT_EQ(data.train.at("x"), (Matrix{{3, 2}, {0, 1, 1, 0, 2, 3}}));
    for (std::size_t i = 0; i < 3; ++i)
      EXPECT_EQ(data.train.at("y").entries[i], each.y[i][0].get<double>());
    EXPECT_EQ(data.test.at("x"), (Matrix{{1, 2}, {4, 5}}));
    expect_same(document, written_and_read(document));
  }
}

TEST_F(SetupFields, keep_rows_of_several_target_columns) {
  json session = with_data({{"train", {{"x", {{0.1}, {0.2}}}, {"y", {{1, 0, 0}, {0, 0, 1}}}}}});
  session["network"].update({{"output", "linear"}, {"loss", "cross_entropy"}});
  const Document document = read(session);
  EXPECT_FALSE(document.setup.samples);
  EXPECT_EQ(document.setup.train.at("y").shape, (Shape{2, 3}));
  expect_same(document, written_and_read(document));
}

TEST_F(SetupFields, may_combine_a_program_and_a_data_set) {
  json session = with_data({{"set", "circle"}, {"samples", 20}});
  session.erase("network");
  session["program"] =
      "x = input(\"x\")\ny = target(\"y\")\nW = param(2, 1)\nL = half_mse(x @ W, y)\n";
  const Document document = read(session);
  EXPECT_FALSE(document.setup.network);
  EXPECT_EQ(dataset_of(document.setup).train.at("x").shape, (Shape{10, 2}));
  expect_same(document, written_and_read(document));
}

// ---- CSV files ----------------------------------------------------------------------

TEST_F(SetupFields, find_a_table_beside_the_session) {
  json session = with_data({{"csv", "t.csv"}});
  session["network"].update({{"output", "linear"}, {"loss", "cross_entropy"}});
  const Document document = read(session);
  EXPECT_EQ(document.source.file, folder_ / "t.csv");
  EXPECT_EQ(document.source.inputs, (std::vector<std::string>{"height", "weight"}));
  EXPECT_EQ(document.source.target, "kind");
  EXPECT_EQ(document.source.split, "split");
  EXPECT_EQ(document.setup.samples->classes, 3);
  EXPECT_EQ(document.setup.samples->train, 3);
  EXPECT_EQ(document.setup.samples->inputs, (Matrix{{4, 2}, {1.5, 2, 2.5, 4, 4.5, 16, 3.5, 8}}));
  expect_same(document, written_and_read(document));
}

TEST_F(SetupFields, choose_columns_of_a_table) {
  const json data = {{"csv", "t.csv"}, {"inputs", {"weight"}}, {"target", "height"},
                     {"split", ""},    {"train_fraction", 1},  {"standardise", true}};
  json session = with_data(data);
  session["network"].update({{"output", "linear"}, {"loss", "mse"}});
  const Document document = read(session);
  EXPECT_EQ(document.setup.samples->kind, TargetKind::numbers);
  EXPECT_EQ(document.setup.samples->input_names, (std::vector<std::string>{"weight"}));
  EXPECT_EQ(document.setup.samples->train, 4);
  EXPECT_TRUE(document.setup.standardise);
  expect_same(document, written_and_read(document));
}

// All other columns become inputs, and the cells of the target decide its kind.
TEST_F(SetupFields, need_only_the_target_of_a_table) {
  json session = with_data({{"csv", "t.csv"}, {"target", "weight"}});
  session["network"].update({{"output", "linear"}, {"loss", "mse"}});
  EXPECT_EQ(read(session).source.inputs, (std::vector<std::string>{"height"}));
  session["data"]["target"] = "height";
  const Document document = read(session);
  EXPECT_EQ(document.source.inputs, (std::vector<std::string>{"weight"}));
  EXPECT_EQ(document.setup.samples->kind, TargetKind::numbers);
  expect_same(document, written_and_read(document));
}

TEST_F(SetupFields, count_balanced_classes_before_they_are_built) {
  std::string text = "x,k\n";
  for (int i = 0; i < 99; ++i) text += "1,c" + std::to_string(i) + "\n";
  for (int i = 0; i < 90'000; ++i) text += "2,m\n";
  file("b.csv", text);
  json session = with_data({{"csv", "b.csv"}, {"train_fraction", 1}, {"balance", true}});
  session["network"].update({{"output", "linear"}, {"loss", "cross_entropy"}});
  EXPECT_EQ(mistake_in(session),
            "data.balance: balanced, the classes would be 9000000 samples to train on; 4000000 are "
            "the most");
}

TEST_F(SetupFields, say_how_a_table_is_read) {
  file("m.csv", "a;k;p\n1.000;u;1\n;v;2\n3.000;u;5\n5.000;v;4\n7.000;u;2\n");
  json session = with_data({{"csv", "m.csv"},
                            {"target", "p"},
                            {"targets", "numbers"},
                            {"missing", "median"},
                            {"one_hot", true},
                            {"decimal", ","},
                            {"train_fraction", 1}});
  session["network"].update({{"output", "linear"}, {"loss", "mse"}});
  const Document document = read(session);
  EXPECT_EQ(document.setup.samples->count(), 5);
  EXPECT_EQ(document.setup.samples->input_names, (std::vector<std::string>{"a", "k = u", "k = v"}));
  double sum = 0;
  for (std::size_t row = 0; row < 5; ++row) sum += document.setup.samples->inputs.entries[3 * row];
  EXPECT_EQ(sum, 1000 + 4000 + 3000 + 5000 + 7000);
  EXPECT_EQ(document.source.facts.rows_left_out, 0);
  expect_same(document, written_and_read(document));
  session["data"].erase("missing");
  EXPECT_EQ(read(session).setup.samples->count(), 4);
  EXPECT_EQ(read(session).source.facts.rows_left_out, 1);
}

// The session and its table can be moved together, or the session alone.
TEST_F(SetupFields, name_a_table_relative_to_the_session) {
  const fs::path data = folder_ / "data";
  fs::create_directories(data);
  const Document document =
      read_document(fs::path(TESTS_FOLDER) / "app/data_files" / "with_split.csv");
  fs::copy(document.source.file, data / "d.csv");
  Document moved = document;
  moved.source.file = fs::relative(data / "d.csv");
  write_session(folder_ / "s.json", moved);
  const json beside = json::parse(read_text(folder_ / "s.json"));
  EXPECT_EQ(beside["data"]["csv"], "data/d.csv");
  write_session(data / "s.json", moved);
  EXPECT_EQ(json::parse(read_text(data / "s.json"))["data"]["csv"], "d.csv");
  expect_same(read_document(data / "s.json"), [&] {
    Document there = moved;
    there.source.file = data / "d.csv";
    return there;
  }());
  fs::create_directories(folder_ / "elsewhere");
  write_session(folder_ / "elsewhere/s.json", moved);
  EXPECT_EQ(json::parse(read_text(folder_ / "elsewhere/s.json"))["data"]["csv"],
            fs::canonical(data / "d.csv").string());
}

// ---- round trips --------------------------------------------------------------------

TEST_F(SetupFields, are_written_and_read_back_the_same) {
  json session = right();
  session["parameters"] = {{"W1", {{0.1, -0.0, 1e-310}, {1.0 / 3, 1e300, -7}}}};
  const Document document = read(session);
  expect_same(document, written_and_read(document));
}

TEST_F(SetupFields, hold_every_value_of_every_setting) {
  Document document = read(right());
  for (const Optimizer& optimizer : all_optimizers()) {
    document.setup.training.optimizer = optimizer.name;
    EXPECT_EQ(written_and_read(document).setup.training, document.setup.training) << optimizer.name;
  }
  for (const TrainingSetting& setting : all_training_settings())
    for (const double value : {setting.lowest, setting.highest}) {
      set_value(document.setup.training, setting, value);
      EXPECT_EQ(written_and_read(document).setup.training, document.setup.training)
          << setting.name << value;
    }
  for (const Mode mode : {Mode::step, Mode::train, Mode::compare}) {
    document.mode = mode;
    EXPECT_EQ(written_and_read(document).mode, mode);
  }
}

TEST_F(SetupFields, compare_by_everything_that_can_be_changed) {
  for (const Changeable& row : all_changeables()) {
    json session = right();
    session["network"]["loss"] = "half_mse";
    json& compare = session["view"]["compare"] = {{"by", row.setting}, {"values", json::array()}};
    for (std::size_t i = 0; i < std::min<std::size_t>(row.values.size(), 6); ++i)
      compare["values"].push_back(row.values[i]);
    const Document document = read(session);
    EXPECT_EQ(document.compare_by, row.setting);
    EXPECT_GE(document.compare_values.size(), 2u);
    expect_same(document, written_and_read(document));
  }
}

// ---- mistakes in the network --------------------------------------------------------

TEST_F(SetupFields, of_a_network_are_checked_for_their_type) {
  const std::string object = ": this should be an object, {…}, and is ";
  EXPECT_EQ(mistake_with("/network", 3), "network" + object + "3");
  EXPECT_EQ(mistake_with("/network/layers", 8),
            "network.layers: this should be a list of the hidden layers' widths, [8, 8]");
  const std::string whole = "network.layers: this should be a whole number from 1 to 1000, and is ";
  EXPECT_EQ(mistake_with("/network/layers", {8, 0}), whole + "0");
  EXPECT_EQ(mistake_with("/network/layers", {8, 1001}), whole + "1001");
  EXPECT_EQ(mistake_with("/network/layers", {1.5}), whole + "1.5");
  EXPECT_EQ(mistake_with("/network/layers", {"8"}), whole + "\"8\"");
  EXPECT_EQ(mistake_with("/network/activation", 1),
            "network.activation: this should be a text in quotes, and is 1");
  EXPECT_EQ(mistake_with("/network/activation", {"tanh", 1}),
            "network.activation: this should be a list of names, [\"a\", \"b\"]");
  for (const char* name : {"output", "loss", "init"})
    EXPECT_EQ(mistake_with(std::string("/network/") + name, 1),
              std::string("network.") + name + ": this should be a text in quotes, and is 1");
  for (const char* name : {"init_scale", "bias", "dropout"})
    EXPECT_EQ(mistake_with(std::string("/network/") + name, "x"),
              std::string("network.") + name + ": this should be a number, and is \"x\"");
  for (const char* name : {"batch_norm", "skip_connections"})
    EXPECT_EQ(mistake_with(std::string("/network/") + name, 1),
              std::string("network.") + name + ": this should be true or false, and is 1");
  EXPECT_EQ(mistake_with("/network/seed", -1),
            "network.seed: this should be a whole number from 0 to 1000000000000000, and is -1");
}

TEST_F(SetupFields, of_a_network_are_checked_for_their_meaning) {
  EXPECT_EQ(mistake_with("/network/activatoin", "relu"),
            "network.activatoin: this field is not known; did you mean 'activation'?");
  EXPECT_EQ(mistake_with("/network/hidden", {4}),
            "network.hidden: this field is not known; did you mean 'layers'?");
  EXPECT_EQ(mistake_with("/network/activation", "swish"),
            "network.activation: 'swish' is not known; did you mean 'silu'?");
  EXPECT_EQ(mistake_with("/network/activation", "tahn"),
            "network.activation: 'tahn' is not known; did you mean 'tanh'?");
  EXPECT_EQ(mistake_with("/network/activation", {"tanh", "relu", "relu"}),
            "network.activation: there are 3 for 2 hidden layers; give one for all, or one for "
            "each");
  EXPECT_EQ(mistake_with("/network/layers", std::vector<int>(61, 2)),
            "network.layers: 61 hidden layers are too many; there may be 0 to 60");
  EXPECT_EQ(mistake_with("/network/output", "softmax"),
            "network.output: 'softmax' is not known; known are tanh, sigmoid, linear");
  EXPECT_EQ(mistake_with("/network/output", "tanh"),
            "network.output: the loss bce goes with output sigmoid; with output tanh the loss is "
            "one of half_mse, mse");
  EXPECT_EQ(mistake_with("/network/loss", "half_msee"),
            "network.loss: 'half_msee' is not known; did you mean 'half_mse'?");
  EXPECT_EQ(mistake_with("/network/init", "xaver"),
            "network.init: 'xaver' is not known; did you mean 'xavier'?");
  EXPECT_EQ(mistake_with("/network/init_scale", 1e7),
            "network.init_scale: it is a number from -1,000,000 to 1,000,000");
  EXPECT_EQ(mistake_with("/network/bias", -1e7),
            "network.bias: it is a number from -1,000,000 to 1,000,000");
  EXPECT_EQ(mistake_with("/network/dropout", 1),
            "network.dropout: it is a share from 0 to less than 1, such as 0.2");
}

// ---- mistakes in the data -----------------------------------------------------------

TEST_F(SetupFields, of_data_are_required_for_a_network) {
  json session = right();
  session.erase("data");
  EXPECT_EQ(mistake_in(session), "\"data\" is missing; a network learns from samples");
  EXPECT_EQ(mistake_in(with_data(json::object())),
            "\"data\" is missing; a network learns from samples");
}

TEST_F(SetupFields, of_a_data_set_are_checked) {
  EXPECT_EQ(mistake_with("/data/set", "cirle"),
            "data.set: 'cirle' is not known; did you mean 'circle'?");
  EXPECT_EQ(mistake_with("/data/set", "iris flowers"),
            "data.set: 'iris flowers' is not known; this version has circle, xor, gauss, spiral, "
            "moons, plane, gauss_regression, sine, xor_points");
  EXPECT_EQ(mistake_with("/data/set", 1), "data.set: this should be a text in quotes, and is 1");
  EXPECT_EQ(mistake_with("/data/samples", 1),
            "data.samples: this should be a whole number from 2 to 1000000, and is 1");
  EXPECT_EQ(mistake_with("/data/noise", 0.6), "data.noise: this goes from 0 to 0.5");
  EXPECT_EQ(mistake_with("/data/noise", -0.1), "data.noise: this goes from 0 to 0.5");
  EXPECT_EQ(mistake_with("/data/noise", "no"),
            "data.noise: this should be a number, and is \"no\"");
  EXPECT_EQ(mistake_with("/data/train_fraction", 0),
            "data.train_fraction: this goes from above 0 to 1");
  EXPECT_EQ(mistake_with("/data/train_fraction", 1.5),
            "data.train_fraction: this goes from above 0 to 1");
  EXPECT_EQ(mistake_with("/data/seed", 0.5),
            "data.seed: this should be a whole number from 0 to 9007199254740991, and is 0.5");
  EXPECT_EQ(mistake_with("/data/balance", "yes"),
            "data.balance: this should be true or false, and is \"yes\"");
  EXPECT_EQ(mistake_with("/data/standardise", 1),
            "data.standardise: this should be true or false, and is 1");
  EXPECT_EQ(mistake_with("/data/nose", 0.1),
            "data.nose: this field is not known; did you mean 'noise'?");
}

TEST_F(SetupFields, of_a_table_are_checked) {
  EXPECT_EQ(mistake_in_csv({{"csv", "none.csv"}}),
            (folder_ / "none.csv").string() + ": there is no such file");
  EXPECT_EQ(mistake_in_csv({{"csv", 7}}), "data.csv: this should be a text in quotes, and is 7");
  EXPECT_EQ(mistake_in_csv({{"csv", "t.csv"}, {"target", "kidn"}}),
            "there is no column 'kidn'; did you mean 'kind'?");
  EXPECT_EQ(mistake_in_csv({{"csv", "t.csv"}, {"inputs", {"height", "breadth"}}}),
            "there is no column 'breadth'; the columns are height, weight, split, kind");
  EXPECT_EQ(mistake_in_csv({{"csv", "t.csv"}, {"inputs", "height"}}),
            "data.inputs: this should be a list of names, [\"a\", \"b\"]");
  EXPECT_EQ(mistake_in_csv({{"csv", "t.csv"}, {"inputs", json::array()}}),
            "no column is chosen as an input");
  EXPECT_EQ(mistake_in_csv({{"csv", "t.csv"}, {"inputs", {"kind"}}}),
            "column 4 (kind) is chosen twice, as the target and as an input");
  EXPECT_EQ(mistake_in_csv({{"csv", "t.csv"}, {"split", "weight"}, {"inputs", {"height"}}}),
            "line 2, column 2 (weight): '2' is neither train nor test");
  EXPECT_EQ(mistake_in_csv({{"csv", "t.csv"}, {"targets", "numbers"}}),
            "line 2, column 4 (kind): 'a' is not a number; a target of text can only be classes");
  EXPECT_EQ(mistake_in_csv({{"csv", "t.csv"}, {"targets", "number"}}),
            "data.targets: 'number' is not known; did you mean 'numbers'?");
  EXPECT_EQ(
      mistake_in_csv({{"csv", "t.csv"}, {"samples", 10}}),
      "data.samples: this field is not known; this version has csv, inputs, target, "
      "targets, split, missing, one_hot, decimal, train_fraction, seed, standardise, balance");
  EXPECT_EQ(mistake_in_csv({{"csv", "t.csv"}, {"missing", "median!"}}),
            "data.missing: 'median!' is not known; did you mean 'median'?");
  EXPECT_EQ(mistake_in_csv({{"csv", "t.csv"}, {"missing", "drop"}}),
            "data.missing: 'drop' is not known; this version has leave_out, mean, median, "
            "most_frequent");
  EXPECT_EQ(mistake_in_csv({{"csv", "t.csv"}, {"decimal", ";"}}),
            "data.decimal: ';' is not known; this version has ., ,");
  EXPECT_EQ(mistake_in_csv({{"csv", "t.csv"}, {"one_hot", 1}}),
            "data.one_hot: this should be true or false, and is 1");
}

TEST_F(SetupFields, of_rows_are_checked_against_the_network) {
  EXPECT_EQ(mistake_in(with_data({{"train", {{"x", {{1}, {2}}}, {"y", {{1}}}}}})),
            "data.train.y: this has 1 row, and x has 2; a row is a sample in both");
  EXPECT_EQ(mistake_in(with_data({{"train", {{"x", {{1}, {2}}}}}})),
            "data.train: a network learns from rows \"x\" and \"y\", and \"y\" is missing");
  EXPECT_EQ(mistake_in(with_data({{"train", {{"a", {{1}}}, {"b", {{1}}}}}})),
            "data.train: a network learns from rows \"x\" and \"y\", and \"x\" is missing");
}

// ---- mistakes in training and view --------------------------------------------------

TEST_F(SetupFields, of_training_are_checked) {
  struct Case {
    const char* field;
    json value;
    const char* said;
  };
  const Case cases[] = {
      {"learning_rate", -1, "a learning rate is a number from 0 up"},
      {"learning_rate", "fast", "this should be a number, and is \"fast\""},
      {"momentum", 1, "this goes from 0 to 0.999999"},
      {"batch_size", 2.5, "this should be a whole number from 0 to 1000000, and is 2.5"},
      {"batch_size", -1, "this should be a whole number from 0 to 1000000, and is -1"},
      {"shuffle", 1, "this should be true or false, and is 1"},
      {"seed", -1, "this should be a whole number from 0 to 9007199254740991, and is -1"},
      {"weight_decay", -0.1, "this goes from 0 to 1e+09"},
      {"l1", 1e10, "this goes from 0 to 1e+09"},
      {"clip_norm", -1, "this goes from 0 to 1e+09"},
      {"clip_value", json(), "this should be a number, and is null"},
      {"accumulate", 0, "this should be a whole number from 1 to 1000000, and is 0"},
      {"zero_gradients", "yes", "this should be true or false, and is \"yes\""},
      {"optimizer", "admw", "'admw' is not known; did you mean 'adamw'?"},
      {"momentun", 1, "this field is not known; did you mean 'momentum'?"},
      {"lr", 1, "this field is not known; did you mean 'learning_rate'?"},
      {"patience", 1,
       "this field is not known; training has optimizer, learning_rate, momentum, batch_size, "
       "shuffle, seed, drop_last, weight_decay, l1, l1_stops_at_zero, weights_only, clip_norm, "
       "clip_value, accumulate, zero_gradients"},
  };
  for (const Case& each : cases)
    EXPECT_EQ(mistake_with(std::string("/training/") + each.field, each.value),
              std::string("training.") + each.field + ": " + each.said);
}

TEST_F(SetupFields, of_the_view_are_checked) {
  EXPECT_EQ(mistake_with("/view/mode", "fly"),
            "view.mode: 'fly' is not known; it is step, train or compare");
  EXPECT_EQ(mistake_with("/view/mode", 1), "view.mode: this should be a text in quotes, and is 1");
  const std::string compare = "/view/compare";
  EXPECT_EQ(mistake_with(compare, 1), "view.compare: this should be an object, {…}, and is 1");
  EXPECT_EQ(mistake_with(compare, {{"by", "depth"}}), "view.compare: \"values\" is missing");
  EXPECT_EQ(mistake_with(compare, {{"values", {1, 2}}}), "view.compare: \"by\" is missing");
  EXPECT_EQ(mistake_with(compare + "/width", 1),
            "view.compare.width: this field is not known; this version has by, values");
  EXPECT_EQ(mistake_with(compare + "/by", "optimiser"),
            "view.compare.by: 'optimiser' is not known; did you mean 'optimizer'?");
  for (const json& values : {json(3), json("tanh"), json{{"a", 1}, {"b", 2}}})
    EXPECT_EQ(mistake_with(compare + "/values", values),
              "view.compare.values: this should be a list of values, [\"tanh\", \"relu\"]");
  EXPECT_EQ(mistake_with(compare + "/values", {1}),
            "view.compare.values: two to six runs are compared, and these are 1");
  EXPECT_EQ(mistake_with(compare + "/values", {1, 2, 3, 4, 5, 6, 7}),
            "view.compare.values: two to six runs are compared, and these are 7");
  EXPECT_EQ(mistake_with(compare + "/values", {1, 61}),
            "view.compare.values: depth: it is a whole number from 0 to 60");
  EXPECT_EQ(mistake_with(compare + "/values", {1, "deep"}),
            "view.compare.values: depth: it is a whole number from 0 to 60");
  const auto values_of = [&](const char* by, const json& values) {
    return mistake_with(compare, {{"by", by}, {"values", values}});
  };
  EXPECT_EQ(values_of("activation", {"tanh", "tahn"}),
            "view.compare.values: activation: 'tahn' is not known; did you mean 'tanh'?");
  EXPECT_EQ(values_of("optimizer", {"sgd", "admw"}),
            "view.compare.values: optimizer: 'admw' is not known; did you mean 'adamw'?");
  EXPECT_EQ(values_of("batch_norm", {true, false}),
            "view.compare.values: batch_norm: it is on or off");
}

TEST_F(SetupFields, compare_only_what_a_program_leaves_open) {
  json session = {{"backstep", 1},
                  {"program", "w = param(2)\nL = w * w\n"},
                  {"view", {{"compare", {{"by", "depth"}, {"values", {1, 2}}}}}}};
  EXPECT_EQ(mistake_in(session),
            "view.compare.values: depth: a program written by hand says this itself");
  session["view"]["compare"] = {{"by", "learning_rate"}, {"values", {0.1, 1}}};
  EXPECT_EQ(mistake_in(session), "no mistake");
}

// ---- corrupt sessions ---------------------------------------------------------------

// Collects a value and all values inside it.
void collect(json& value, std::vector<json*>& values) {
  values.push_back(&value);
  if (value.is_structured())
    for (json& part : value) collect(part, values);
}

json odd_value(Random& random, const std::vector<json*>& others) {
  const json odd[] = {
      nullptr,    true,           -1,     0,        1,      2.5,           1e300, "",   "x",
      "tanh",     json({}),       {1, 2}, {{1, 2}}, 1e-320, json::array(), 1e18,  "−½", "t.csv",
      "../t.csv", {{"x", {{1}}}}, 9e15,   -0.0};
  const double number = random.uniform();
  const auto one_of = [&](std::size_t count) {
    return static_cast<std::size_t>(random.uniform() * static_cast<double>(count));
  };
  return number < 0.3 ? *others[one_of(others.size())] : odd[one_of(std::size(odd))];
}

bool is_large(const json& session) {
  const json::json_pointer samples("/data/samples");
  return session.contains(samples) && session[samples].is_number() && session[samples] > 1000;
}

TEST_F(SetupFields, do_no_harm_however_corrupt) {
  std::vector<json> sessions = {right()};
  for (const json& data : {json{{"set", "circle"}, {"samples", 10}}, json{{"csv", "t.csv"}},
                           json{{"train", {{"x", {{1, 2}, {3, 4}}}, {"y", {{1}, {-1}}}}},
                                {"test", {{"x", {{1, 2}}}, {"y", {{1}}}}}}})
    sessions.push_back(with_data(data));
  sessions[2]["network"].update({{"output", "linear"}, {"loss", "cross_entropy"}});
  Random random(1);
  int read_well = 0;
  for (int i = 0; i < 2000; ++i) {
    json session = sessions[static_cast<std::size_t>(i) % sessions.size()];
    for (int k = 0; k <= i % 2; ++k) {
      std::vector<json*> values;
      collect(session, values);
      const auto at =
          static_cast<std::size_t>(random.uniform() * static_cast<double>(values.size()));
      const json value = odd_value(random, values);
      *values[at] = value;
    }
    SCOPED_TRACE(session.dump());
    if (is_large(session)) continue;  // would only take time
    try {
      const Document document = read(session);
      if (read_well % 4 == 0) expect_same(document, written_and_read(document));
      Experiment(document.setup).work(1, Deadline::never());
      ++read_well;
    } catch (const ProgramError&) {  // the window reports data that do not fit the network
    } catch (const FileError& error) {
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
    }
    if (HasFailure()) return;
  }
  EXPECT_GT(read_well, 50);
}

}  // namespace
}  // namespace backstep
