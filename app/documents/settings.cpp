#include "app/documents/settings.h"

#include <algorithm>

#include "app/files/json_field.h"
#include "app/files/json_text.h"
#include "app/platform/folders.h"

namespace backstep {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_recent_files = 10;

const char* name_of(ThemeName theme) { return theme == ThemeName::dark ? "dark" : "light"; }

ThemeName read_theme(const JsonField& field) {
  const std::string name = field.text();
  if (name != "dark" && name != "light") field.refuse("a theme is dark or light");
  return name == "dark" ? ThemeName::dark : ThemeName::light;
}

std::vector<fs::path> read_paths(const JsonField& field) {
  if (!field.value().is_array()) field.refuse("this should be a list");
  std::vector<fs::path> paths;
  for (const nlohmann::json& path : field.value())
    if (paths.size() < most_recent_files) paths.push_back(JsonField(path, "recent_files").text());
  return paths;
}

ProgressByLesson read_lessons(const JsonField& field) {
  constexpr long most = 1000;
  field.expect_object();
  ProgressByLesson lessons;
  for (const auto& [id, value] : field.value().items()) {
    const JsonField lesson = field[id];
    lesson.expect_object({"reached", "asked", "right", "finished"});
    const auto count = [&](const char* name) {
      return lesson.has(name) ? static_cast<int>(lesson[name].whole_number(0, most)) : 0;
    };
    lessons[id] = {count("reached"), count("asked"), count("right"),
                   lesson.has("finished") && lesson["finished"].truth()};
  }
  return lessons;
}

std::string lessons_text(const ProgressByLesson& lessons) {
  JsonFields fields;
  for (const auto& [id, progress] : lessons)
    fields.emplace_back(id, json_object({{"reached", std::to_string(progress.reached)},
                                         {"asked", std::to_string(progress.asked)},
                                         {"right", std::to_string(progress.right)},
                                         {"finished", progress.finished ? "true" : "false"}},
                                        4));
  return json_object(fields, 2);
}

// Unknown fields, perhaps of a later version, are ignored.
Settings read_settings(const std::string& text) {
  const nlohmann::json value = parse_json(text);
  const JsonField file(value, "");
  file.expect_object();
  const auto number = [&](const char* name, double usual, double lowest, double highest) {
    return file.has(name) ? std::clamp(file[name].number(), lowest, highest) : usual;
  };
  Settings settings;
  if (file.has("theme")) settings.theme = read_theme(file["theme"]);
  settings.text_size = static_cast<float>(number("text_size", settings.text_size, 0.5, 3));
  settings.width = static_cast<int>(number("width", settings.width, 320, 16384));
  settings.height = static_cast<int>(number("height", settings.height, 240, 16384));
  settings.play_speed = number("play_speed", settings.play_speed, 0.1, 1000);
  if (file.has("lessons")) settings.lessons = read_lessons(file["lessons"]);
  if (file.has("recent_files")) settings.recent_files = read_paths(file["recent_files"]);
  return settings;
}

std::string settings_text(const Settings& settings) {
  std::string files;
  for (const fs::path& path : settings.recent_files)
    files += (files.empty() ? "\n    " : ",\n    ") + json_string(path.string());
  return json_object({{"theme", json_string(name_of(settings.theme))},
                      {"text_size", json_number(settings.text_size)},
                      {"width", std::to_string(settings.width)},
                      {"height", std::to_string(settings.height)},
                      {"play_speed", json_number(settings.play_speed)},
                      {"recent_files", "[" + files + "]"},
                      {"lessons", lessons_text(settings.lessons)}},
                     0) +
         "\n";
}

// A sentence that says what happened to settings that could not be understood.
std::string set_aside(const fs::path& file, const std::string& mistake) {
  const fs::path aside = file.parent_path() / "settings.broken.json";
  std::error_code problem;
  fs::rename(file, aside, problem);
  return "The settings could not be read (" + mistake + "); Backstep starts with its own" +
         (problem ? "." : ", and the file is now " + aside.string() + ".");
}

}  // namespace

void Settings::remember_file(const fs::path& path) {
  std::error_code problem;
  const fs::path whole = fs::absolute(path, problem).lexically_normal();
  std::erase(recent_files, whole);
  recent_files.insert(recent_files.begin(), whole);
  if (recent_files.size() > most_recent_files) recent_files.pop_back();
}

fs::path settings_file() { return settings_folder() / "settings.json"; }

Settings load_settings(std::string& message) {
  message.clear();
  const fs::path file = settings_file();
  std::error_code problem;
  if (!fs::exists(file, problem)) return {};
  try {
    return read_settings(read_text(file));
  } catch (const FileError& error) {
    message = set_aside(file, error.what());
    return {};
  }
}

bool save_settings(const Settings& settings, std::string& message) {
  message.clear();
  std::error_code problem;
  fs::create_directories(settings_folder(), problem);
  try {
    write_text(settings_file(), settings_text(settings));
    return true;
  } catch (const FileError& error) {
    message = "Settings and lesson progress cannot be kept: " + std::string(error.what()) + ".";
    return false;
  }
}

}  // namespace backstep
