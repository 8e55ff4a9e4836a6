#include "app/documents/examples.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <set>

#include "app/documents/document_graph.h"
#include "app/documents/session_file.h"
#include "app/platform/resources.h"
#include "core/stepping/timeline.h"

namespace backstep {
namespace {

namespace fs = std::filesystem;

Document example(const std::string& id) {
  const std::vector<Example> examples = list_examples();
  for (std::size_t i = 0; i < examples.size(); ++i)
    if (examples[i].id == id) return open_example(static_cast<int>(i));
  throw std::runtime_error("no example is called " + id);
}

TEST(Examples, begin_with_two_inputs_one_neuron_one_output) {
  EXPECT_EQ(list_examples().front().title, "Two inputs, one neuron, one output");
  EXPECT_EQ(open_example(0).setup.training.learning_rate, 0.5);
}

TEST(Examples, have_distinct_names_and_a_line_each) {
  std::set<std::string> ids, titles, files;
  const std::vector<Example> examples = list_examples();
  for (const Example& example : examples) {
    ids.insert(example.id);
    titles.insert(example.title);
    files.insert(example.file);
    EXPECT_FALSE(example.line.empty());
    EXPECT_LE(example.line.size(), 80u) << example.line;
  }
  EXPECT_EQ(ids.size(), examples.size());
  EXPECT_EQ(titles.size(), examples.size());
  EXPECT_EQ(files.size(), examples.size());
}

TEST(Examples, all_run) {
  for (int number = 0; number < static_cast<int>(list_examples().size()); ++number) {
    const Document document = open_example(number);
    Timeline timeline(graph_of(document), document.setup.training.learning_rate);
    timeline.train(3);
    const Graph& graph = timeline.graph();
    EXPECT_TRUE(std::isfinite(graph.node(graph.loss()).value[0])) << document.title;
    EXPECT_GE(document.setup.training.learning_rate, 0) << document.title;
  }
}

TEST(Examples, are_all_listed_and_name_themselves_in_their_files) {
  std::set<fs::path> listed;
  const fs::path folder = resource_folder() / "assets" / "examples";
  for (const Example& example : list_examples()) {
    listed.insert(example.file);
    const std::string title = read_document(folder / example.file).title;
    EXPECT_TRUE(title == example.title || title == "two_inputs") << title;
  }
  for (const auto& entry : fs::directory_iterator(folder))
    EXPECT_TRUE(entry.path().filename() == "examples.json" ||
                entry.path().filename() == "README.md" ||
                listed.count(entry.path().filename()) == 1)
        << entry.path();
}

TEST(Examples, show_what_their_lines_promise) {
  const Document one_weight = example("one-weight-squared-error");
  Timeline timeline(graph_of(one_weight), one_weight.setup.training.learning_rate);
  timeline.train(1);
  EXPECT_DOUBLE_EQ(timeline.graph().node(timeline.graph().find("w")).value[0], 1.7);

  Timeline deep(graph_of(example("ten-layers-sigmoid")), 0.5);
  deep.train(1);
  const Progress& progress = deep.progress();
  ASSERT_EQ(progress.layers().size(), 10u);
  for (int layer = 0; layer + 1 < 10; ++layer)
    EXPECT_LT(progress.norm(layer)[0], progress.norm(layer + 1)[0]) << "layer " << layer + 1;
  EXPECT_LT(progress.norm(0)[0], 1e-5 * progress.norm(9)[0]);
}

}  // namespace
}  // namespace backstep
