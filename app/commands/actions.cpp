#include "app/commands/actions.h"

#include "app/commands/commands.h"

namespace backstep {

namespace {

std::string file_name(const std::filesystem::path& path) { return path.filename().string(); }

// What was being done, as the end of "There is not enough memory for …".
struct Subject {
  std::string operator()(const action::RunCommand& run) const {
    return "“" + std::string(command_of(run.command).label) + "”";
  }
  std::string operator()(const action::OpenFile& file) const { return file_name(file.path); }
  std::string operator()(const action::OpenData& data) const { return file_name(data.path); }
  std::string operator()(const action::SaveFile& file) const {
    return "saving " + file_name(file.path);
  }
  std::string operator()(const action::SavePicture& file) const {
    return "saving " + file_name(file.path);
  }
  std::string operator()(const action::ExportFile& file) const {
    return "saving " + file_name(file.path);
  }
  std::string operator()(const action::OpenLesson&) const { return "this lesson"; }
  std::string operator()(const action::GoToLessonStep&) const { return "this step"; }
  std::string operator()(const action::CompareBy&) const { return "these runs"; }
  std::string operator()(const action::Replay&) const { return "this replay"; }
  template <class Other>
  std::string operator()(const Other&) const {
    return "this change";
  }
};

}  // namespace

std::string subject_of(const Action& action) { return std::visit(Subject{}, action); }

}  // namespace backstep
