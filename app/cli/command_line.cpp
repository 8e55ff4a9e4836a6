#include "app/cli/command_line.h"

#include <CLI/CLI.hpp>
#include <csignal>
#include <functional>
#include <iostream>
#include <new>

#include "app/cli/check_command.h"
#include "app/cli/export_command.h"
#include "app/cli/lessons_command.h"
#include "app/cli/render_command.h"
#include "app/cli/run_command.h"
#include "app/documents/file_kinds.h"
#include "app/export/export_formats.h"
#include "app/files/new_file.h"
#include "app/files/text_file.h"
#include "app/lessons/lesson.h"
#include "app/main_window/window_program.h"
#include "core/base/number_words.h"
#include "core/base/suggestions.h"
#include "core/base/text.h"
#include "core/program/program.h"

namespace backstep {

namespace {

namespace fs = std::filesystem;

constexpr int mistake_code = 2;

constexpr const char* footer =
    "FILE is a program (.py), a session (.json), data to learn from (.csv), or a lesson\n"
    "(.md); --lesson ID stands for one of those that `backstep lessons` lists.\n"
    "Exit code: 0 done, 1 a check failed, 2 a mistake in what was given.\n"
    "`backstep COMMAND --help` tells more about a command.";

constexpr const char* run_footer =
    "--json has every named value and gradient as after one more forward and\n"
    "backward pass over the training data; --csv has a row per epoch, 0 to N. Numbers\n"
    "read back exactly; those that are not finite are \"nan\", \"inf\" and \"-inf\", in\n"
    "JSON as strings. OUT is a file, or - for standard output. With neither, a\n"
    "summary is printed.";

constexpr const char* what_of_step = "The network at this step of a lesson, untrained";

// ---- options ----------------------------------------------------------------------

// An option that takes a number from `lowest` to `highest`; `kind` is what the
// help calls it, `wanted` what a mistake is answered with.
template <class Number, class Target>
CLI::Option* add_number(CLI::App& command, const std::string& name, Target& target, Number lowest,
                        Number highest, const std::string& kind, const std::string& help,
                        const std::string& wanted) {
  const auto read = [&target, lowest, highest, name, wanted](const std::string& text) {
    std::conditional_t<std::is_integral_v<Number>, long, double> number = 0;
    if (!read_number(text, number) || !(number >= lowest && number <= highest))
      throw CLI::ValidationError(name + " takes " + wanted + ", not '" + text + "'");
    target = static_cast<Number>(number);
  };
  return command.add_option_function<std::string>(name, read, help)->type_name(kind);
}

// "1600x1000"
void read_size(const std::string& text, RenderOptions& options) {
  const std::size_t cross = text.find('x');
  const auto fits = [](long number, long lowest) { return number >= lowest && number <= 16384; };
  long width = 0, height = 0;
  const bool right = cross != std::string::npos && read_number(text.substr(0, cross), width) &&
                     read_number(text.substr(cross + 1), height) && fits(width, 320) &&
                     fits(height, 240);
  if (!right)
    throw CLI::ValidationError(
        "--size takes WIDTHxHEIGHT from 320x240 to 16384x16384, such as 1600x1000, not '" + text +
        "'");
  options.width = static_cast<int>(width);
  options.height = static_cast<int>(height);
  options.size_is_given = true;
}

// An option whose values are listed; `take` gets one of them.
void add_choice(CLI::App& command, const std::string& name, const std::vector<std::string>& choices,
                const std::string& help, const std::function<void(const std::string&)>& take) {
  const std::string list = joined(choices, " or ");
  const auto read = [choices, name, list, take](const std::string& text) {
    if (std::find(choices.begin(), choices.end(), text) == choices.end())
      throw CLI::ValidationError(name + " takes " + list + ", not '" + text + "'");
    take(text);
  };
  command.add_option_function<std::string>(name, read, help)->type_name(list);
}

// FILE, or the lesson that stands in its place.
void add_lesson(CLI::App& command, fs::path& file, CLI::Option* file_option) {
  const auto find = [&file, file_option](const std::string& id) {
    try {
      file = find_lesson(id).path;
    } catch (const FileError& error) {
      throw CLI::ValidationError(error.what());
    }
    file_option->required(false);
  };
  command.add_option_function<std::string>("--lesson", find, "A lesson in place of FILE")
      ->type_name("ID")
      ->excludes(file_option);
}

// Options has a `file` and a `lesson_step`.
template <class Options>
void add_file(CLI::App& command, Options& options, const std::string& of_step) {
  CLI::Option* option = command.add_option(
      "FILE", options.file, "A program (.py), a session (.json), data (.csv) or a lesson (.md)");
  add_lesson(command, options.file, option->required()->type_name(""));
  add_number<int>(command, "--lesson-step", options.lesson_step, 1, 1000, "N", of_step,
                  "a whole number from 1 up");
}

CLI::Option* add_path(CLI::App& command, const std::string& name, fs::path& path,
                      const std::string& help) {
  return command.add_option(name, path, help)->type_name("OUT");
}

void add_learning_rate(CLI::App& command, std::optional<double>& learning_rate) {
  add_number<double>(command, "--learning-rate", learning_rate, 0.0, 1e300, "R",
                     "In place of the file's own", "a number from 0 up");
}

void add_precision(CLI::App& command, std::optional<Precision>& precision) {
  std::vector<std::string> names;
  for (const PrecisionFormat& format : all_precisions()) names.emplace_back(format.name);
  add_choice(command, "--precision", names, "What the result of every op is rounded to",
             [&](const std::string& name) { precision = find_precision(name)->precision; });
}

// ---- commands ---------------------------------------------------------------------

void check_outputs(const RunOptions& options) {
  const auto whole = [](const fs::path& path) { return fs::weakly_canonical(fs::absolute(path)); };
  if (!options.json.empty() && !options.csv.empty() && whole(options.json) == whole(options.csv))
    throw CLI::ValidationError("--json and --csv cannot both write to " + options.json.string());
}

void add_run(CLI::App& app, RunOptions& options, std::function<int()>& work) {
  CLI::App& command = *app.add_subcommand("run", "Train without a window; write what came of it");
  add_file(command, options, what_of_step);
  add_number<long>(command, "--epochs", options.epochs, 0, 1'000'000'000, "N",
                   "Epochs of training; 0, the usual, is one forward and one backward pass",
                   "a whole number from 0 to 1000000000");
  add_learning_rate(command, options.learning_rate);
  add_precision(command, options.precision);
  add_path(command, "--json", options.json, "Write every value and gradient");
  add_path(command, "--csv", options.csv, "Write losses and gradient norms, a row per epoch");
  command.footer(run_footer);
  command.final_callback([&] {
    check_outputs(options);
    work = [&] { return run(options); };
  });
}

void add_check(CLI::App& app, CheckOptions& options, std::function<int()>& work) {
  CLI::App& command =
      *app.add_subcommand("check", "Check every parameter's gradient against finite differences");
  add_file(command, options, what_of_step);
  command.footer(
      "By central differences with ever smaller steps. Agreement is a relative error of at\n"
      "most 1e-6, or as near as the rounding of the loss lets one see. At a kink, as of\n"
      "relu at 0, there is nothing to compare; nor where the loss does not resolve so small\n"
      "a change, or is no number beside it: that is said, and is no failure. In large\n"
      "networks at most about 2000 entries are checked, chosen evenly. The exit code is 1\n"
      "when a gradient differs, or the loss is not a number.");
  command.final_callback([&] { work = [&] { return check(options); }; });
}

void check_picture(const fs::path& out) {
  if (!has_one_of(out.filename().string(), picture_endings()))
    throw CLI::ValidationError("--out takes a file that ends in " +
                               alternatives(picture_endings()) + ", not '" + out.string() + "'");
}

void add_render(CLI::App& app, RenderOptions& options, std::function<int()>& work) {
  CLI::App& command = *app.add_subcommand("render", "Draw a picture without a window");
  add_file(command, options, "The window at this step of a lesson");
  add_choice(command, "--mode", mode_names(),
             "What the window shows; the session's own unless told",
             [&](const std::string& name) { options.mode = find_mode(name); });
  add_number<int>(command, "--step", options.step, 0, 1'000'000, "K", "Ops done in the pass shown",
                  "a whole number from 0 up");
  add_number<long>(command, "--epochs", options.epochs, 0, 1'000'000'000, "N",
                   "Epochs of training before", "a whole number from 0 to 1000000000");
  add_learning_rate(command, options.learning_rate);
  add_precision(command, options.precision);
  command.add_flag("--check", options.check, "Check every gradient, and mark it");
  command.add_option("--select", options.select, "What the inspector shows, such as W1[0,1]")
      ->type_name("NODE");
  command
      .add_option_function<std::string>(
          "--size", [&](const std::string& text) { read_size(text, options); },
          "Pixels of the picture, 1600x1000 unless told")
      ->type_name("WxH");
  add_number<double>(command, "--scale", options.scale, 0.5, 8.0, "S",
                     "Size of text and all else, 1 unless told", "a number from 0.5 to 8");
  add_choice(command, "--theme", {"dark", "light"}, "Colours", [&](const std::string& name) {
    options.theme = name == "light" ? ThemeName::light : ThemeName::dark;
  });
  add_path(command, "--out", options.out, "The picture: " + picture_choices())->required();
  command.final_callback([&] {
    check_picture(options.out);
    work = [&] { return render(options); };
  });
}

std::string export_footer() {
  return joined(all_export_formats(), "\n", [](const ExportFormat& format) { return format.says; });
}

void add_export(CLI::App& app, ExportOptions& options, std::function<int()>& work) {
  CLI::App& command =
      *app.add_subcommand("export", "Write it in another form, such as a PyTorch script");
  add_file(command, options, what_of_step);
  add_path(command, "--out", options.out, export_choices())->required();
  add_number<long>(command, "--epochs", options.epochs, 0, 1'000'000'000, "N",
                   "Epochs of training before", "a whole number from 0 to 1000000000");
  add_learning_rate(command, options.learning_rate);
  command.footer(export_footer());
  command.final_callback([&] {
    if (!find_export_format(options.out))
      throw CLI::ValidationError("--out takes a file that ends in " + export_choices() + ", not '" +
                                 options.out.string() + "'");
    work = [&] { return export_file(options); };
  });
}

void add_lessons(CLI::App& app, std::vector<fs::path>& files, std::function<int()>& work) {
  CLI::App& command = *app.add_subcommand("lessons", "List the lessons");
  command.add_option("--check", files, "Hold what lessons say against the engine")
      ->type_name("FILE.md …");
  command.footer(
      "--check is for who writes lessons: every number in the text must be what the\n"
      "engine says, and every node be there. The exit code is 1 when something is wrong.");
  command.final_callback(
      [&] { work = [&] { return files.empty() ? list_lessons() : check_lessons(files); }; });
}

// ---- mistakes ---------------------------------------------------------------------

// Makes a message one line, whatever a file's name or contents put into it.
int report(std::string message) {
  for (char& c : message)
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = ' ';
  std::cout.flush();
  std::cerr << "backstep: " << message << "\n";
  return mistake_code;
}

// A word in the place of FILE that is not a file may be a misspelt command.
void check_window_file(const fs::path& file) {
  std::error_code problem;
  if (file.empty() || fs::exists(file, problem)) return;
  std::string hint = suggestion(file.string(), {"run", "check", "render", "export", "lessons"}, "");
  if (hint.find("did you mean") == std::string::npos) hint.clear();
  throw FileError(file.string() + ": there is no such file" + hint);
}

// The mistake that CLI11 found, as a sentence that names what would be right.
std::string sentence(const CLI::ParseError& error, const CLI::App& app, const fs::path& file) {
  std::error_code problem;
  std::string what = error.what();
  const auto kind = static_cast<CLI::ExitCodes>(error.get_exit_code());
  if (kind == CLI::ExitCodes::ArgumentMismatch)
    return what.substr(0, what.find(':')) + " is not followed by a value";
  if (kind == CLI::ExitCodes::ExcludesError) return "FILE and --lesson ID: one of them is given";
  if (kind != CLI::ExitCodes::ExtrasError) return what;
  const std::string extra = app.remaining(true).front();
  const bool window = app.get_subcommands().empty();
  if (window && extra[0] != '-' && !fs::exists(file, problem))
    return file.string() +
           " is neither a file nor a command; commands are run, check, render, "
           "export and lessons";
  return "'" + extra + "' is not expected here; `backstep COMMAND --help` says what is";
}

std::string place_in_program(const fs::path& file, const ProgramError& error) {
  const std::string field = kind_of_file(file) == FileKind::session ? ": program: " : ": ";
  return file.string() + field + error.what();
}

// Removes unfinished files; then the signal does what it usually does.
void end_by_signal(int signal) {
  remove_unfinished_files();
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

int do_work(const std::function<int()>& work, const fs::path& file) {
  for (int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, &end_by_signal);
  try {
    const int code = work();
    if (!std::cout.flush()) throw FileError("standard output: not everything could be written");
    return code;
  } catch (const ProgramError& error) {
    return report(place_in_program(file, error));
  } catch (const std::bad_alloc&) {
    return report(file.string() + ": there is not enough memory for this program");
  } catch (const std::exception& error) {
    return report(error.what());
  }
}

}  // namespace

int run_command_line(int argc, const char* const* argv) {
  CLI::App app("Backstep, a microscope for backpropagation", "backstep");
  app.footer(footer);
  app.set_version_flag("--version", std::string("backstep ") + BACKSTEP_VERSION);
  fs::path file;
  RunOptions run_options;
  RenderOptions render_options;
  ExportOptions export_options;
  std::function<int()> work = [&] {
    check_window_file(file);
    return open_window(file);
  };
  add_lesson(
      app, file,
      app.add_option("FILE", file, "Open the window with it; without, with the first example")
          ->type_name(""));
  add_run(app, run_options, work);
  CheckOptions check_options;
  add_check(app, check_options, work);
  add_render(app, render_options, work);
  add_export(app, export_options, work);
  std::vector<fs::path> lesson_files;
  add_lessons(app, lesson_files, work);
  app.require_subcommand(0, 1);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return error.get_exit_code() == 0 ? app.exit(error) : report(sentence(error, app, file));
  }
  if (!run_options.file.empty()) file = run_options.file;
  if (!check_options.file.empty()) file = check_options.file;
  if (!render_options.file.empty()) file = render_options.file;
  if (!export_options.file.empty()) file = export_options.file;
  return do_work(work, file);
}

}  // namespace backstep
