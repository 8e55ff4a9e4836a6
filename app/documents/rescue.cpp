#include "app/documents/rescue.h"

#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/documents/session_file.h"
#include "app/files/json_field.h"
#include "app/platform/folders.h"

namespace backstep {

namespace {

namespace fs = std::filesystem;

constexpr const char* prefix = "unsaved-";
constexpr const char* path_field = "unsaved_edits_of";  // of "view"

}  // namespace

fs::path new_rescue_file() {
  const std::string name = prefix + std::to_string(getpid());
  std::error_code problem;
  fs::path file = settings_folder() / (name + ".json");
  for (int number = 2; fs::exists(file, problem); ++number)
    file = settings_folder() / (name + "-" + std::to_string(number) + ".json");
  return file;
}

std::vector<fs::path> rescue_files() {
  std::vector<std::pair<fs::file_time_type, fs::path>> found;
  std::error_code problem;
  for (fs::directory_iterator it(settings_folder(), problem), end; !problem && it != end;
       it.increment(problem)) {
    const bool is_one =
        it->path().filename().string().starts_with(prefix) && it->path().extension() == ".json";
    std::error_code unknown;
    if (is_one) found.emplace_back(fs::last_write_time(it->path(), unknown), it->path());
  }
  std::sort(found.rbegin(), found.rend());
  std::vector<fs::path> files;
  for (auto& [time, file] : found) files.push_back(std::move(file));
  return files;
}

// The path is kept as an additional field of "view", which session files preserve.
void write_rescued(const fs::path& file, Rescued rescued) {
  std::error_code problem;
  fs::create_directories(file.parent_path(), problem);
  nlohmann::json view = parse_json(rescued.document.other_view);
  if (!rescued.path.empty()) view[path_field] = fs::absolute(rescued.path, problem).string();
  rescued.document.other_view = view.dump();
  write_session(file, rescued.document);
}

Rescued read_rescued(const fs::path& file) {
  Rescued rescued{read_document(file), {}};
  nlohmann::json view = parse_json(rescued.document.other_view);
  if (view.contains(path_field) && view[path_field].is_string())
    rescued.path = view[path_field].get<std::string>();
  view.erase(path_field);
  rescued.document.other_view = view.dump();
  return rescued;
}

}  // namespace backstep
