// Every mistake in the fields of a session is reported in a sentence, and no session,
// however corrupt, does harm.
#include <cstring>

#include "core/base/random.h"
#include "core/runs/experiment.h"
#include "tests/app/documents/setup_sessions.h"

namespace backstep {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

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
