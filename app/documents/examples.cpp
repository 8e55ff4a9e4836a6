#include "app/documents/examples.h"

#include "app/documents/session_file.h"
#include "app/files/json_field.h"
#include "app/platform/resources.h"

namespace backstep {

namespace {

std::filesystem::path examples_folder() { return resource_folder() / "assets" / "examples"; }

Example read_example(const JsonField& field) {
  field.expect_object({"id", "file", "title", "line", "learning_rate"});
  for (const char* name : {"id", "file", "title", "line"})
    if (!field.has(name)) field.refuse(std::string("\"") + name + "\" is missing");
  Example example = {
      field["id"].text(), field["file"].text(), field["title"].text(), field["line"].text(), {}};
  if (field.has("learning_rate")) example.learning_rate = field["learning_rate"].number();
  return example;
}

}  // namespace

std::vector<Example> list_examples() {
  const nlohmann::json list = parse_json(read_text(examples_folder() / "examples.json"));
  std::vector<Example> examples;
  for (const nlohmann::json& example : list)
    examples.push_back(
        read_example(JsonField(example, "example " + std::to_string(examples.size() + 1))));
  return examples;
}

Document open_example(int number) {
  const Example example = list_examples().at(static_cast<std::size_t>(number));
  Document document = read_document(examples_folder() / example.file);
  document.title = example.title;
  if (example.learning_rate) document.setup.training.learning_rate = *example.learning_rate;
  return document;
}

}  // namespace backstep
