#include "app/documents/session_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "app/documents/document_graph.h"
#include "app/files/text_file.h"
#include "app/session/session.h"
#include "tests/app/documents/same_bits.h"

namespace backstep {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* program = "x = input(\"x\")\nw = param([[1.0], [2.0]])\nL = mean(x @ w)\n";

class SessionFile : public testing::Test {
 protected:
  SessionFile() { fs::create_directories(folder_); }
  ~SessionFile() override { fs::remove_all(folder_); }

  fs::path file(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }

  // A correct session as JSON, for tests to make mistakes in.
  static json right() {
    return {{"backstep", 1},
            {"title", "A title"},
            {"program", program},
            {"parameters", {{"w", {{0.5}, {0.25}}}}},
            {"data", {{"train", {{"x", {{1, 2}, {3, 4}}}}}, {"test", {{"x", {{5, 6}}}}}}},
            {"training", {{"optimizer", "sgd"}, {"learning_rate", 0.5}}},
            {"view", {{"update", 3}, {"tick", 2}}}};
  }

  std::string mistake_in(const fs::path& path) const {
    try {
      read_document(path);
    } catch (const FileError& error) {
      return error.what();
    }
    return "no mistake";
  }
  std::string mistake_in_text(const std::string& text) const {
    const fs::path path = file("s.json", text);
    const std::string mistake = mistake_in(path), start = path.string() + ": ";
    EXPECT_TRUE(mistake.starts_with(start)) << mistake;
    EXPECT_EQ(mistake.find('\n'), std::string::npos) << mistake;
    return mistake.substr(std::min(start.size(), mistake.size()));
  }
  std::string mistake_with(const std::string& pointer, const json& value) const {
    json session = right();
    session[json::json_pointer(pointer)] = value;
    return mistake_in_text(session.dump());
  }
  std::string mistake_without(const std::string& field) const {
    json session = right();
    session.erase(field);
    return mistake_in_text(session.dump());
  }

  fs::path folder_ =
      fs::path(testing::TempDir()) / ("backstep session files " + std::to_string(getpid()));
};

// ---- reading ------------------------------------------------------------------------

TEST_F(SessionFile, is_read_completely) {
  const Document document = read_document(file("s.json", right().dump()));
  EXPECT_EQ(document.title, "A title");
  EXPECT_EQ(document.setup.program, program);
  EXPECT_EQ(document.setup.parameters.at("w"), (Matrix{{2, 1}, {0.5, 0.25}}));
  EXPECT_EQ(document.setup.train.at("x"), (Matrix{{2, 2}, {1, 2, 3, 4}}));
  EXPECT_EQ(document.setup.test.at("x"), (Matrix{{1, 2}, {5, 6}}));
  EXPECT_EQ(document.setup.training.learning_rate, 0.5);
  EXPECT_EQ(document.update, 3);
  EXPECT_EQ(document.tick, 2);
}

TEST_F(SessionFile, needs_no_more_than_a_program) {
  const json session = {{"backstep", 1}, {"program", "a = param(2)\nL = a * a\n"}};
  const Document document = read_document(file("small one.json", session.dump()));
  EXPECT_EQ(document.title, "small one");
  EXPECT_EQ(document.setup.training.learning_rate, 0.1);
  EXPECT_TRUE(document.setup.parameters.empty() && document.setup.train.empty() &&
              document.setup.test.empty());
}

TEST_F(SessionFile, may_be_a_plain_program) {
  const std::string text = "\n#  A neuron \na = param(2)  # not the title\nL = a * a\n";
  const Document document = read_document(file("p.py", text));
  EXPECT_EQ(document.title, "A neuron");
  EXPECT_EQ(document.setup.program, text);
  EXPECT_EQ(read_document(file("my file.py", "a = param(2) # two\nL = a * a")).title, "my file");
  EXPECT_EQ(read_document(file("none.py", "#\na = param(2)\nL = a * a")).title, "none");
}

TEST_F(SessionFile, is_told_from_a_program_by_its_content) {
  EXPECT_EQ(read_document(file("session", " \n" + right().dump())).title, "A title");
  EXPECT_EQ(read_document(file("program", "# Two\na = param(2)\nL = a * a")).title, "Two");
}

TEST_F(SessionFile, may_have_the_marks_of_other_editors) {
  const Document document =
      read_document(file("p.py", "\xef\xbb\xbf# T\r\na = param(2)\r\nL = a*a"));
  EXPECT_EQ(document.setup.program, "# T\na = param(2)\nL = a*a");
  EXPECT_EQ(read_document(file("s.json", "\xef\xbb\xbf" + right().dump())).title, "A title");
}

TEST_F(SessionFile, keeps_a_program_with_a_mistake_in_it) {
  EXPECT_EQ(read_document(file("p.py", "a = ")).setup.program, "a = ");
  json session = right();
  session["program"] = "a = ";
  EXPECT_EQ(read_document(file("s.json", session.dump())).setup.program, "a = ");
  EXPECT_EQ(read_document(file("p.py", "")).setup.program, "");
}

// ---- round trips ----------------------------------------------------------------------

TEST_F(SessionFile, reads_back_every_bit) {
  using limits = std::numeric_limits<double>;
  Document document;
  document.title = "Täglich \"quoted\" \\ \x01";
  document.setup.program = "w = param(3, 4)\nx = input(\"x\")\nL = sum(w) + sum(x)\n# the end ½";
  document.setup.parameters["w"] = {
      {3, 4},
      {0.1, -0.0, 1.0 / 3, limits::denorm_min(), limits::max(), limits::min(), -1e22, 1e-7,
       9007199254740993.0, 18446744073709551615.0, 123456789012345680.0, std::nextafter(1.0, 2)}};
  document.setup.train["x"] = {{1, 2}, {limits::epsilon(), -5e300}};
  document.setup.test["x"] = {{2, 2}, {1, 2, 3, 4}};
  document.setup.training.learning_rate = 0.1 + 0.2;
  document.update = 12345;
  document.tick = 3;
  document.other_view = R"({"camera":[1,2.5],"theme":"dark"})";
  const fs::path path = folder_ / "round trip.json";
  write_session(path, document);
  const Document back = read_document(path);
  EXPECT_EQ(back.title, document.title);
  EXPECT_EQ(back.setup.program, document.setup.program);
  EXPECT_TRUE(same_bits(back.setup.parameters.at("w"), document.setup.parameters.at("w")));
  EXPECT_TRUE(same_bits(back.setup.train.at("x"), document.setup.train.at("x")));
  EXPECT_TRUE(same_bits(back.setup.test.at("x"), document.setup.test.at("x")));
  EXPECT_EQ(back.setup.training.learning_rate, document.setup.training.learning_rate);
  EXPECT_EQ(back.update, 12345);
  EXPECT_EQ(back.tick, 3);
  EXPECT_EQ(back.other_view, document.other_view);
}

TEST_F(SessionFile, keeps_parameters_that_training_drove_out_of_range) {
  Document document;
  document.setup.program = "w = param(1, 3)\nL = sum(w)\n";
  document.setup.parameters["w"] = {{1, 3}, {NAN, INFINITY, -INFINITY}};
  write_session(folder_ / "s.json", document);
  const Matrix back = read_document(folder_ / "s.json").setup.parameters.at("w");
  EXPECT_TRUE(std::isnan(back.entries[0]));
  EXPECT_EQ(back.entries[1], INFINITY);
  EXPECT_EQ(back.entries[2], -INFINITY);
}

TEST_F(SessionFile, is_json_that_a_person_can_read) {
  Document document;
  document.setup.program = program;
  document.setup.parameters["w"] = {{2, 1}, {0.5, 0.25}};
  document.setup.train["x"] = {{40, 2}, std::vector<double>(80, 0.125)};
  write_session(folder_ / "s.json", document);
  const std::string text = read_text(folder_ / "s.json");
  EXPECT_TRUE(json::accept(text));
  EXPECT_NE(text.find("\"w\": [[0.5], [0.25]]\n"), std::string::npos) << text;
  EXPECT_NE(text.find("[0.125, 0.125],\n"), std::string::npos) << text;
}

// ---- writing --------------------------------------------------------------------------

TEST_F(SessionFile, is_replaced_atomically_and_leaves_no_other_file) {
  Document document;
  document.setup.program = program;
  const fs::path path = file("s.json", "old");
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink(path, folder_ / "link.json");
  write_session(folder_ / "link.json", document);
  EXPECT_TRUE(fs::is_symlink(folder_ / "link.json"));
  EXPECT_TRUE(json::accept(read_text(path)));
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 2);
}

TEST_F(SessionFile, names_what_cannot_be_written) {
  for (const fs::path& path : {folder_, folder_ / "none" / "s.json", folder_ / "p.py"}) {
    try {
      write_session(path, {});
      ADD_FAILURE() << path << " was written";
    } catch (const FileError& error) {
      EXPECT_TRUE(std::string(error.what()).starts_with(path.string() + ": ")) << error.what();
    }
  }
  EXPECT_TRUE(fs::is_empty(folder_));
}

// ---- mistakes in files ------------------------------------------------------------------

TEST_F(SessionFile, that_is_not_a_file_is_refused) {
  EXPECT_EQ(mistake_in(folder_ / "none.json"),
            (folder_ / "none.json").string() + ": there is no such file");
  EXPECT_EQ(mistake_in(folder_), folder_.string() + ": this is a folder, not a file");
  EXPECT_EQ(mistake_in_text(""), "the file is empty; a session is a JSON object");
}

TEST_F(SessionFile, that_is_too_large_is_refused) {
  const fs::path path = file("s.json", "");
  fs::resize_file(path, std::uintmax_t{1} << 30);
  EXPECT_NE(mistake_in(path).find("larger than 64 MB"), std::string::npos);
}

TEST_F(SessionFile, that_is_not_text_is_refused) {
  EXPECT_EQ(mistake_in_text("{\n\"a\": \xff}"),
            "line 2, column 6: these bytes are not text; the file must be UTF-8");
  EXPECT_EQ(mistake_in_text(std::string("ab\0c", 4)),
            "line 1, column 3: these bytes are not text; the file must be UTF-8");
}

TEST_F(SessionFile, that_is_not_json_is_refused_with_its_place) {
  EXPECT_TRUE(mistake_in_text("{\"backstep\": 1,\n  oops}")
                  .starts_with("line 2, column 3: this is not JSON: "));
  EXPECT_TRUE(mistake_in_text("{\"backstep\": NaN}").find("this is not JSON") != std::string::npos);
  EXPECT_TRUE(mistake_in_text("{\"backstep\": 1e999}").find("1e999") != std::string::npos);
  EXPECT_EQ(mistake_in_text(std::string(1000000, '[')),
            "the lists and objects in this file nest too deep");
  EXPECT_EQ(mistake_in_text("{\"title\": \"a\", \"title\": \"b\"}"),
            "the field \"title\" is given twice in one object");
  EXPECT_LT(mistake_in_text("{\"" + std::string(1000000, 'x')).size(), 400u);
}

// ---- mistakes in fields -----------------------------------------------------------------

TEST_F(SessionFile, of_another_version_is_refused) {
  EXPECT_EQ(mistake_in_text("[1]"), "this should be an object, {…}, and is a list");
  EXPECT_EQ(mistake_without("backstep"),
            "\"backstep\" is missing; a session begins with \"backstep\": 1");
  EXPECT_EQ(mistake_with("/backstep", 2),
            "backstep: this version of the program reads sessions of version 1, and this says 2");
}

TEST_F(SessionFile, with_a_wrong_type_is_refused) {
  EXPECT_EQ(mistake_with("/title", 7), "title: this should be a text in quotes, and is 7");
  EXPECT_EQ(mistake_with("/program", json::array()),
            "program: this should be a text in quotes, and is a list");
  for (const char* field : {"parameters", "data", "training", "view"})
    EXPECT_EQ(mistake_with(std::string("/") + field, 1),
              field + std::string(": this should be an object, {…}, and is 1"));
  EXPECT_EQ(mistake_with("/data/train", 1), "data.train: this should be an object, {…}, and is 1");
  EXPECT_EQ(mistake_with("/training/optimizer", 1),
            "training.optimizer: this should be a text in quotes, and is 1");
  EXPECT_EQ(mistake_with("/training/learning_rate", "fast"),
            "training.learning_rate: this should be a number, and is \"fast\"");
  EXPECT_EQ(mistake_with("/training/learning_rate", -1),
            "training.learning_rate: a learning rate is a number from 0 up");
  EXPECT_EQ(mistake_with("/view/tick", 1.5),
            "view.tick: this should be a whole number from 0 to 1000000, and is 1.5");
  EXPECT_EQ(mistake_with("/view/update", -1),
            "view.update: this should be a whole number from 0 to 1000000000, and is -1");
}

TEST_F(SessionFile, without_a_program_or_with_two_is_refused) {
  EXPECT_EQ(mistake_without("program"),
            "\"program\" is missing; it holds the lines of the program in one text (or "
            "\"network\", its layers)");
  EXPECT_EQ(mistake_with("/network", json::object()),
            "network: a session has a \"program\" or a \"network\", and not both");
}

TEST_F(SessionFile, with_a_field_that_is_not_known_is_refused) {
  EXPECT_EQ(mistake_with("/parmeters", 1),
            "parmeters: this field is not known; did you mean 'parameters'?");
  EXPECT_EQ(mistake_with("/data/tests", json::object()),
            "data.tests: this field is not known; did you mean 'test'?");
  EXPECT_EQ(mistake_with("/data/set", "circle"),
            "data.test: this field is not known; this version has set, samples, noise, "
            "train_fraction, seed, standardise, balance");
  EXPECT_EQ(mistake_with("/training/batchsize", 4),
            "training.batchsize: this field is not known; did you mean 'batch_size'?");
  EXPECT_EQ(mistake_with("/training/optimizer", "adma"),
            "training.optimizer: 'adma' is not known; did you mean 'adam'?");
  EXPECT_EQ(mistake_with("/training/optimizer", "lion!"),
            "training.optimizer: 'lion!' is not known; this version has sgd, momentum, nesterov, "
            "rmsprop, adagrad, adam, adamw");
}

TEST_F(SessionFile, with_a_malformed_matrix_is_refused) {
  const std::string matrix_is =
      "parameters.w: a matrix is a list of rows, [[1.0, 2.0], [3.0, 4.0]], and this is ";
  EXPECT_EQ(mistake_with("/parameters/w", 3), matrix_is + "3");
  EXPECT_EQ(mistake_with("/parameters/w", json::array()), matrix_is + "an empty list");
  EXPECT_EQ(mistake_with("/parameters/w", {1, 2}),
            "parameters.w, row 1: a row is a list of numbers, [1.0, 2.0], and this is 1");
  EXPECT_EQ(mistake_with("/parameters/w", json::parse("[[]]")),
            "parameters.w, row 1: a row needs at least one number");
  EXPECT_EQ(mistake_with("/parameters/w", json::parse("[[1, 2], [3]]")),
            "parameters.w, row 2: this row has 1 number, and row 1 has 2; rows have equal length");
  EXPECT_EQ(mistake_with("/parameters/w", json::parse("[[1, null]]")),
            "parameters.w, row 1, column 2: this should be a number, and is null");
  EXPECT_EQ(mistake_with("/data/train/x", json::parse("[[1, \"nan\"]]")),
            "data.train.x, row 1, column 2: this should be a number, and is \"nan\"");
}

TEST_F(SessionFile, that_does_not_fit_its_program_is_refused) {
  EXPECT_EQ(mistake_with("/parameters/w", json::parse("[[1, 2]]")),
            "parameters.w: this is 1×2, and the program has 2×1");
  EXPECT_EQ(mistake_with("/parameters/ww", json::parse("[[1]]")),
            "parameters.ww: the program has no parameter of this name; it has w");
  EXPECT_EQ(mistake_with("/parameters/L", json::parse("[[1]]")).find("parameters.L: "), 0u);
  EXPECT_EQ(mistake_with("/parameters/x", json::parse("[[1, 2]]")),
            "parameters.x: its numbers come from data.train.x; change them there");
  EXPECT_EQ(mistake_with("/view/tick", 50),
            "view.tick: this is 50, and a pass of this program has 5 ticks");
}

TEST_F(SessionFile, with_data_that_do_not_fit_is_refused) {
  EXPECT_EQ(mistake_with("/data/train/y", json::parse("[[1]]")),
            "data.train.y: this has 1 row, and x has 2; a row is a sample in both");
  EXPECT_TRUE(mistake_with("/data/test/x", json::parse("[[1]]"))
                  .starts_with("data.test: the program does not take it: line 3, column 10: "));
  EXPECT_TRUE(mistake_with("/data/test", json::parse("{\"z\": [[1]]}"))
                  .starts_with("data.test: the program does not take it: line 1, column 11: "));
}

// ---- the graph of a document -----------------------------------------------------------

TEST_F(SessionFile, makes_a_graph_with_its_own_values) {
  const Document document = read_document(file("s.json", right().dump()));
  const Graph graph = graph_of(document), test = test_graph_of(document);
  EXPECT_EQ(copy_of(graph.node(graph.find("w")).value), document.setup.parameters.at("w"));
  EXPECT_EQ(copy_of(graph.node(graph.find("x")).value), document.setup.train.at("x"));
  EXPECT_EQ(copy_of(test.node(test.find("w")).value), document.setup.parameters.at("w"));
  EXPECT_EQ(copy_of(test.node(test.find("x")).value), document.setup.test.at("x"));
}

TEST_F(SessionFile, KeepsAParameterWithoutANameThatDiverged) {
  const fs::path path = file(
      "diverges.json",
      json({{"backstep", 1},
            {"program", "x = input([[1.0]])\nL = half_mse(x @ param([[1.0]]), input([[0.0]]))\n"},
            {"training", {{"learning_rate", 1000}}}})
          .dump());
  Session session(read_document(path));
  session.train_epochs(300);
  write_session(folder_ / "saved.json", session.document());
  const Graph graph = graph_of(read_document(folder_ / "saved.json"));
  EXPECT_FALSE(std::isfinite(graph.node(graph.parameters()[0]).value[0]));
}

TEST_F(SessionFile, IsNotSavedOverTheDataItReads) {
  const std::string rows = "a,b\n1,2\n3,4\n5,6\n";
  const fs::path data = file("data.csv", rows);
  Document document = read_document(data);
  EXPECT_THROW(write_session(data, document), FileError);
  EXPECT_EQ(read_text(data), rows);
}

}  // namespace
}  // namespace backstep
