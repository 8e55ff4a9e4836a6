// A Workspace is what is open in a window, and how one looks at it: the session,
// the view, the lab and what goes on by itself. It knows nothing of the window,
// of files and of dialogs. Panels read it; what they ask for is carried out by the
// functions of workspace_actions.h.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/documents/settings.h"
#include "app/lab/lab.h"
#include "app/session/session.h"
#include "app/view/bug_hunt.h"
#include "app/view/view.h"
#include "app/workspace/playback.h"

namespace backstep {

class Workspace {
 public:
  explicit Workspace(Settings settings);
  Workspace(const Workspace&) = delete;  // its playback points to it
  Workspace& operator=(const Workspace&) = delete;

  // Puts the document in the place of what is open; before the first one there is
  // no session. Where that fails, what was open stays.
  void open(Document document, const std::filesystem::path& path);
  Session& session() { return *session_; }
  const Session& session() const { return *session_; }

  void set_mode(Mode mode);
  bool is_comparing() const { return view.mode == Mode::compare && lab.comparison(); }
  // In Compare: makes other runs when the session's setup is another one.
  void keep_up_comparison();
  // One line at the foot of the window, until something else happens.
  void say(const std::string& message) { view.message = message; }

  // The nudge check of every gradient, while its marks are wanted: for a share of
  // the frame. True when nothing is left to do.
  bool check_gradients();
  bool is_checking_gradients() const;

  void undo();
  void redo();
  void reset_values();

  Settings settings;
  ViewState view;
  Lab lab;
  BugHunt hunt;
  Playback playback{*this};

 private:
  std::optional<Session> session_;
};

}  // namespace backstep
