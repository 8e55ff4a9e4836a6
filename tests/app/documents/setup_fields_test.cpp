// The fields of sessions with a network are read and written back unchanged.
#include "app/documents/setup_fields.h"

#include "core/runs/change.h"
#include "core/stepping/optimizers.h"
#include "tests/app/documents/setup_sessions.h"

namespace backstep {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

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

}  // namespace
}  // namespace backstep
